// Rows into tables by COPY, several times faster than by INSERT, and indexes and references made afterwards.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** Copies rows in their order. Every row gives the columns of the first; undefined is NULL. */
export async function copyRows<Table extends PgTable>(
  client: PoolClient,
  table: Table,
  rows: readonly Table['$inferInsert'][],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first);
  const names = columns.map(([, { name }]) => toSnakeCase(name)).join(', ');
  const lines = function* () {
    for (const row of rows as readonly Readonly<Record<string, unknown>>[]) {
      const cells = columns.map(([name, column]) => {
        const value = row[name];
        return value === undefined || value === null ? '\\N' : escaped(column.mapToDriverValue(value));
      });
      yield `${cells.join('\t')}\n`;
    }
  };
  await pipeline(
    Readable.from(inChunks(lines())),
    client.query(copyFrom(`copy "${getTableName(table)}" (${names}) from stdin`)),
  );
}

/** One write a row would be one system call a row. */
function* inChunks(lines: Iterable<string>): Generator<string> {
  const SIZE = 65_536;
  let chunk = '';
  for (const line of lines) {
    chunk += line;
    if (chunk.length < SIZE) continue;
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** As COPY's text format writes values (PostgreSQL, "COPY", File Formats). */
function escaped(value: unknown): string {
  const text = String(value);
  return /[\\\n\r\t]/.test(text) ? text.replace(/[\\\n\r\t]/g, (character) => ESCAPES[character]!) : text;
}

/** What stands in the way of fast loading. */
export interface Stripped {
  /** The statements that make indexes and keys, by their table. */
  readonly keys: readonly { readonly table: string; readonly definition: string }[];
  /** Those that make references, which need the keys. */
  readonly references: readonly string[];
}

/** Drops indexes, composite keys and references of tables; keys called id stay. @returns how they are made again */
export async function strip(client: PoolClient, tables: readonly string[]): Promise<Stripped> {
  const constraints = await client.query<{ table: string; name: string; kind: string; definition: string }>(
    `select c.conrelid::regclass::text as table, c.conname as name, c.contype as kind, pg_get_constraintdef(c.oid) as definition
    from pg_constraint c where c.conrelid = any($1::regclass[])
      and (c.contype = 'f' or (c.contype = 'p' and cardinality(c.conkey) > 1)) order by c.oid`,
    [tables],
  );
  const indexes = await client.query<{ table: string; name: string; definition: string }>(
    `select i.tablename as table, i.indexname as name, i.indexdef as definition from pg_indexes i
    where i.schemaname = 'public' and i.tablename = any($1)
      and not exists (select from pg_constraint c where c.conname = i.indexname)`,
    [tables],
  );
  for (const { table, name } of constraints.rows)
    await client.query(`alter table "${table}" drop constraint "${name}"`);
  for (const { name } of indexes.rows) await client.query(`drop index "${name}"`);
  const made = constraints.rows.map(({ table, name, kind, definition }) => ({
    ...{ table, kind },
    definition: `alter table "${table}" add constraint "${name}" ${definition}`,
  }));
  return {
    keys: [...indexes.rows, ...made.filter(({ kind }) => kind === 'p')],
    references: made.filter(({ kind }) => kind === 'f').map(({ definition }) => definition),
  };
}
