// Changes of several rows in one statement, given as pairs.
import { type SQL, sql } from 'drizzle-orm';

/**
 * A map as rows of (bigint, integer). One pair, as when a reply is posted, is written as such: of arrays PostgreSQL would
 * expect ten, find each plan for the one better than its plan for all times, and make a plan each time.
 */
export function pairs(map: ReadonlyMap<number, number>): SQL {
  const [first] = map;
  if (first && map.size === 1) return sql`(select ${first[0]}::bigint, ${first[1]}::integer)`;
  return sql`unnest(${sql.param([...map.keys()])}::bigint[], ${sql.param([...map.values()])}::integer[])`;
}
