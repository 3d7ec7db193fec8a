// Statements of the pages that are asked for most have names: PostgreSQL then plans them once a connection, where planning
// takes several times as long as running. Named are those of drizzle that are prepared: `….prepare('topic').execute()`.
import { hash } from 'node:crypto';
import { type Column, sql, type SQL } from 'drizzle-orm';
import pg from 'pg';

/**
 * Makes the names of a connection's statements distinct: who asks (a visitor, a member, a moderator) and how changes the
 * text of a statement, and one name may stand for one text alone. What is named must have few texts, since each is kept for
 * as long as the connection: lists of ids come as one parameter.
 * @param kept false behind a transaction pooler, where the next statement may run on another connection: none has a name.
 */
export function nameStatements(client: pg.PoolClient, kept: boolean): void {
  const named = (asked: unknown, ...rest: unknown[]): unknown => {
    const { query } = pg.Client.prototype as { query: (this: unknown, ...given: unknown[]) => unknown };
    const renamed = isNamed(asked) ? { ...asked, name: kept ? nameOf(asked) : undefined } : asked;
    return query.call(client, renamed, ...rest);
  };
  Object.assign(client, { query: named });
}

interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

function isNamed(asked: unknown): asked is NamedStatement {
  return (
    typeof asked === 'object' && asked !== null && typeof (asked as { name?: unknown }).name === 'string'
  );
}

/** At most 63 bytes, as names in PostgreSQL are, those of the job queue included. */
function nameOf({ name, text }: NamedStatement): string {
  return `${name} ${hash('sha1', text).slice(0, 20)}`;
}

/** A limit as a part of the statement: of a parameter PostgreSQL would not know that few rows are wanted, and plan for many. */
export function fixedLimit(rows: number): number {
  // drizzle takes SQL here, which its types do not say.
  return sql.raw(String(Math.trunc(rows))) as unknown as number;
}

/** As inArray, with one text of the statement for any number of ids. */
export function isOneOf(column: Column, ids: readonly number[]): SQL {
  return sql`${column} = any(${sql.param([...ids])}::bigint[])`;
}

/** As notInArray, likewise. */
export function isNoneOf(column: Column, ids: readonly number[]): SQL {
  return sql`${column} <> all(${sql.param([...ids])}::bigint[])`;
}
