// Changes of several rows in one statement that is built once, given as pairs.
import { type SQL, sql } from 'drizzle-orm';

export interface Pairs {
  /** Of which form the statement's text is: a part of the name it is built under. */
  readonly form: 'one' | 'many';
  readonly rows: SQL;
  /** What `rows` stands for this time. */
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * A map as rows of (bigint, integer). One pair, as when a reply is posted, is written as such: of arrays PostgreSQL would
 * expect ten, find each plan for the one better than its plan for all times, and make a plan each time.
 */
export function pairs(map: ReadonlyMap<number, number>): Pairs {
  const [first] = map;
  if (first && map.size === 1) return { form: 'one', rows: ONE, values: { id: first[0], n: first[1] } };
  return { form: 'many', rows: MANY, values: { ids: [...map.keys()], ns: [...map.values()] } };
}

const ONE = sql`(select ${sql.placeholder('id')}::bigint, ${sql.placeholder('n')}::integer)`;
const MANY = sql`unnest(${sql.placeholder('ids')}::bigint[], ${sql.placeholder('ns')}::integer[])`;
