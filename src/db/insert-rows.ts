// Many rows in one statement whose text and number of parameters do not depend on how many: an array a column. drizzle's
// own VALUES lists take a parameter a cell, which ends at 65,535 and is slow to build long before.
import { getTableColumns, getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Reader, Tx } from './connection.ts';
import { executeNamed, writtenOnce } from './named-statements.ts';

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
 * Inserts those of the rows that no unique index refuses.
 * @param rows as in a Batch: what the first leaves out has its default in all
 * @param returned columns
 * @returns them, of the rows that are new
 */
export async function insertNewRows<
  Table extends PgTable,
  Column extends keyof Table['$inferSelect'] & string,
>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
  returned: readonly Column[],
): Promise<Pick<Table['$inferSelect'], Column>[]> {
  if (rows.length === 0) return [];
  const columns = columnsOf(table, rows);
  const all = getTableColumns(table);
  const returning = returned.map((name) => ({ name, column: all[name]!, inSql: snakeCase(all[name]!.name) }));
  const names = returning.map(({ inSql }) => sql.identifier(inSql));
  const inserting = writtenOnce<Values>(
    tx,
    'new rows',
    () => sql`${insertOf(table, columns, 0)} on conflict do nothing returning ${sql.join(names, sql`, `)}`,
    [getTableName(table), ...columns.map(([name]) => name), 'returning', ...returned].join(),
  );
  const { rows: written } = await inserting.execute(valuesOf(rows, columns, 0));
  return written.map(
    (row) =>
      Object.fromEntries(
        returning.map(({ name, column, inSql }) => {
          const value = row[inSql];
          return [name, value === null ? null : column.mapFromDriverValue(value)];
        }),
      ) as Pick<Table['$inferSelect'], Column>,
  );
}

/**
 * Inserts rows of several tables in one statement, at whose end references are checked: a topic and its opening post
 * name each other.
 */
export async function insertTogether(tx: Tx, batches: readonly Batch[]): Promise<void> {
  const given = batches
    .filter(({ rows }) => rows.length > 0)
    .map(({ table, rows }) => ({ table, rows, columns: columnsOf(table, rows) }));
  if (given.length === 0) return;
  const variant = given.map(({ table, columns }) =>
    [getTableName(table), ...columns.map(([name]) => name)].join(),
  );
  const inserting = writtenOnce(
    tx,
    'rows',
    () => {
      const inserts = given.map(({ table, columns }, part) => insertOf(table, columns, part));
      const last = inserts.pop()!;
      const before = inserts.map((insert, part) => sql`${sql.raw(`part_${part}`)} as (${insert})`);
      return before.length === 0 ? last : sql`with ${sql.join(before, sql`, `)} ${last}`;
    },
    variant.join(';'),
  );
  await inserting.execute(
    Object.assign({}, ...given.map(({ rows, columns }, part) => valuesOf(rows, columns, part))) as Values,
  );
}

type Columns = readonly (readonly [name: string, PgColumn])[];
type Values = Record<string, unknown>;

function columnsOf(table: PgTable, [first = {}]: readonly object[]): Columns {
  return Object.entries(getTableColumns(table)).filter(([name]) => name in first);
}

function insertOf(table: PgTable, columns: Columns, part: number): SQL {
  const names = columns.map(([, column]) => sql.identifier(snakeCase(column.name)));
  const arrays = columns.map(
    ([name, column]) => sql`${sql.placeholder(`${part} ${name}`)}::${sql.raw(column.getSQLType())}[]`,
  );
  return sql`insert into ${table} (${sql.join(names, sql`, `)}) select * from unnest(${sql.join(arrays, sql`, `)})`;
}

/** An array a column, under the name that insertOf gives its parameter. */
function valuesOf(rows: readonly object[], columns: Columns, part: number): Values {
  const arrays = columns.map(([name, column]) => {
    const values = (rows as readonly Readonly<Values>[]).map((row) => {
      const value = row[name];
      return value === undefined || value === null ? null : column.mapToDriverValue(value);
    });
    return [`${part} ${name}`, values];
  });
  return Object.fromEntries(arrays) as Values;
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
  const { rows } = await executeNamed<{ name: Name; id: string }>(
    db,
    'ids',
    sql.join(parts, sql` union all `),
  );
  const taken = wanted.map(({ name }): [Name, number[]] => [
    name,
    rows
      .filter((row) => row.name === name)
      .map(({ id }) => Number(id))
      .sort((a, b) => a - b),
  ]);
  return Object.fromEntries(taken) as Record<Name, number[]>;
}
