import fs from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPool } from '../../../src/db/connection.ts';
import type { EmbeddedDatabase } from '../../../src/db/embedded/index.ts';
import { installQueue } from '../../../src/jobs/runner.ts';
import { endAll, open, query, removeFolder, temporaryFolder } from './processes.ts';

let dataDir: string;
let database: EmbeddedDatabase;
beforeAll(async () => {
  dataDir = temporaryFolder();
  database = await open(dataDir);
});
afterAll(async () => {
  await endAll(dataDir);
  removeFolder(dataDir);
});

const asApp = (sql: string): Promise<Record<string, unknown>[]> => query(database.appUrl, sql);
const asOwner = (sql: string): Promise<Record<string, unknown>[]> => query(database.ownerUrl, sql);

test('only this account can enter the folders of the data and of the sockets', () => {
  const modes = ['postgres', 'run'].map((name) => fs.statSync(path.join(dataDir, name)).mode & 0o777);
  expect(modes).toEqual([0o700, 0o700]);
});

describe('the app', () => {
  test.each([
    ['make a table', 'CREATE TABLE mine (id int)'],
    ['make a temporary table', 'CREATE TEMP TABLE mine (id int)'],
    ['make a schema', 'CREATE SCHEMA mine'],
    ['make a role', 'CREATE ROLE mine'],
    ['make a database', 'CREATE DATABASE mine'],
    ['become the owner', 'SET ROLE tokenwire_owner'],
    ['read password hashes', 'SELECT * FROM pg_authid'],
    ['read files of the server', "SELECT pg_read_file('postmaster.pid')"],
    ['run programs on the server', "COPY (SELECT 1) TO PROGRAM 'cat'"],
  ])('cannot %s', async (_what, sql) => {
    await expect(asApp(sql)).rejects.toThrow(/permission denied/);
  });

  test.each(['public', 'another'])('reads and writes what the owner makes in schema %s', async (schema) => {
    await asOwner(`
      CREATE SCHEMA IF NOT EXISTS ${schema};
      CREATE TABLE ${schema}.notes (id bigint GENERATED ALWAYS AS IDENTITY, text text);
      CREATE SEQUENCE ${schema}.counter;
      CREATE FUNCTION ${schema}.answer() RETURNS int LANGUAGE sql RETURN 42;
    `);
    await asApp(`
      INSERT INTO ${schema}.notes (text) VALUES ('first'), ('second');
      UPDATE ${schema}.notes SET text = 'changed' WHERE id = 1;
      DELETE FROM ${schema}.notes WHERE id = 2;
    `);
    const rows = await asApp(
      `SELECT text, nextval('${schema}.counter')::int AS counted, ${schema}.answer() AS answer FROM ${schema}.notes`,
    );
    expect(rows).toEqual([{ text: 'changed', counted: 1, answer: 42 }]);
    await expect(asApp(`ALTER TABLE ${schema}.notes ADD COLUMN more int`)).rejects.toThrow(/must be owner/);
    await expect(asApp(`TRUNCATE ${schema}.notes`)).rejects.toThrow(/permission denied/);
  });

  test('enqueues jobs in the queue that the owner installs', async () => {
    const pool = openPool(database.ownerUrl, { max: 1, onTrouble: () => undefined });
    await installQueue(pool, 'tokenwire_app');
    await pool.end();
    await asApp("SELECT graphile_worker.add_job('greet')");
    expect(await asApp('SELECT task_identifier FROM graphile_worker.jobs')).toEqual([
      { task_identifier: 'greet' },
    ]);
  });
});

test('similarity search sees letters outside ASCII', async () => {
  expect(
    await asApp(
      "SELECT similarity('Ünïcode 東京', 'ünïcode 東京') AS same, similarity('東京', '大阪') AS other",
    ),
  ).toEqual([{ same: 1, other: 0 }]);
  expect(await asApp("SELECT cardinality(show_trgm('東京')) AS trigrams")).toEqual([{ trigrams: 3 }]);
});
