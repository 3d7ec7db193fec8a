// Many rows in one statement whose text and number of parameters do not depend on how many: an array a column. drizzle's
// own VALUES lists take a parameter a cell, which ends at 65,535 and is slow to build long before.
import { getTableColumns, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Tx } from './connection.ts';

/** Rows of one statement: bounds what the server holds at a time. */
const ROWS_AT_ONCE = 5_000;

/**
 * Inserts rows in their order. Every row gives the same columns: one that the first row leaves out has its default in all,
 * and undefined in another is NULL.
 */
export async function insertRows<Table extends PgTable>(
  tx: Tx,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first);
  const names = columns.map(([, column]) => sql`${sql.identifier(snakeCase(column.name))}`);
  for (let start = 0; start < rows.length; start += ROWS_AT_ONCE) {
    const chunk: readonly Record<string, unknown>[] = rows.slice(start, start + ROWS_AT_ONCE);
    const arrays = columns.map(([name, column]) => {
      const values = chunk.map((row) => {
        const value = row[name];
        return value === undefined || value === null ? null : column.mapToDriverValue(value);
      });
      return sql`${sql.param(values)}::${sql.raw(column.getSQLType())}[]`;
    });
    await tx.execute(
      sql`insert into ${table} (${sql.join(names, sql`, `)}) select * from unnest(${sql.join(arrays, sql`, `)})`,
    );
  }
}

/** As drizzle's casing names columns that have no name of their own. */
function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
