// Many rows in one statement whose text and number of parameters do not depend on how many: an array a column. drizzle's
// own VALUES lists take a parameter a cell, which ends at 65,535 and is slow to build long before.
import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Reader, Tx } from './connection.ts';
import { executeNamed } from './named-statements.ts';

/** Rows of one table. Every row gives the columns of the first: what that leaves out has its default in all. */
export interface Batch {
  readonly table: PgTable;
  readonly rows: readonly object[];
}

/** Pairs a table with rows that fit it; undefined in a row is NULL. */
export function batchOf<Table extends PgTable>(table: Table, rows: readonly Table['$inferInsert'][]): Batch {
  return { table, rows };
}

/** Inserts rows in their order. */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<void> {
  await insertTogether(tx, [batchOf(table, rows)]);
}

/**
 * Inserts rows of several tables in one statement, at whose end references are checked: a topic and its opening post
 * name each other.
 */
export async function insertTogether(tx: Tx, batches: readonly Batch[]): Promise<void> {
  const inserts = batches.filter(({ rows }) => rows.length > 0).map(insertOf);
  const last = inserts.pop();
  if (!last) return;
  const before = inserts.map((insert, index) => sql`${sql.raw(`part_${index}`)} as (${insert})`);
  await executeNamed(tx, 'rows', before.length === 0 ? last : sql`with ${sql.join(before, sql`, `)} ${last}`);
}

function insertOf({ table, rows }: Batch): SQL {
  const first = rows[0] ?? {};
  const given = rows as readonly Readonly<Record<string, unknown>>[];
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first);
  const names = columns.map(([, column]) => sql.identifier(snakeCase(column.name)));
  const arrays = columns.map(([name, column]) => {
    const values = given.map((row) => {
      const value = row[name];
      return value === undefined || value === null ? null : column.mapToDriverValue(value);
    });
    return sql`${sql.param(values)}::${sql.raw(column.getSQLType())}[]`;
  });
  return sql`insert into ${table} (${sql.join(names, sql`, `)}) select * from unnest(${sql.join(arrays, sql`, `)})`;
}

/** As drizzle's casing names columns that have no name of their own. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Ids for rows to be, in ascending order, for each of these tables so many. Taken for good, whether a transaction is
 * rolled back or not.
 */
export async function takeIds<Name extends string>(
  db: Reader,
  wanted: readonly { readonly name: Name; readonly table: PgTable; readonly count: number }[],
): Promise<Readonly<Record<Name, readonly number[]>>> {
  const parts = wanted.map(({ name, table, count }) => {
    const sequence = sql`pg_get_serial_sequence(${getTableName(table)}, 'id')`;
    return sql`select ${name}::text as name, nextval(${sequence}) as id from generate_series(1, ${count}::integer)`;
  });
  const { rows } = await db.execute<{ name: Name; id: string }>(sql.join(parts, sql` union all `));
  const taken = wanted.map(({ name }): [Name, number[]] => [
    name,
    rows
      .filter((row) => row.name === name)
      .map(({ id }) => Number(id))
      .sort((a, b) => a - b),
  ]);
  return Object.fromEntries(taken) as Record<Name, number[]>;
}
