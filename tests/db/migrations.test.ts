// The migrations make the schema, safely, from many processes at once.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { migrate, type Migration, readMigrations } from '../../src/db/migrate.ts';
import { ROOT } from '../architecture/sources.ts';
import { planForGood } from '../support/plan-for-good.ts';
import { databaseAt } from '../support/server.ts';

const NAME = `tokenwire_migrations_${process.pid}`;
let admin: pg.Client;
let url: string;

beforeEach(async () => {
  admin = new pg.Client({ connectionString: inject('serverUrl') });
  await admin.connect();
  await admin.query(`drop database if exists ${NAME} with (force)`);
  await admin.query(`create database ${NAME}`);
  url = databaseAt(inject('serverUrl'), NAME);
});
afterEach(async () => {
  await admin.query(`drop database if exists ${NAME} with (force)`);
  await admin.end();
});

const fake = (name: string, ...statements: string[]): Migration => ({
  name,
  hash: statements.join(),
  statements,
  transactional: true,
});

async function ask<Row extends pg.QueryResultRow>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(text)).rows;
  } finally {
    await client.end();
  }
}

test('generating again finds nothing to change: schema and migrations agree', () => {
  // drizzle-kit takes only paths below the folder it runs in.
  const folder = mkdtempSync(join(ROOT, 'node_modules/.cache/migrations-'));
  try {
    cpSync(join(ROOT, 'migrations'), folder, { recursive: true });
    const before = readdirSync(folder).sort();
    const out = execFileSync(
      process.execPath,
      [
        join(ROOT, 'node_modules/drizzle-kit/bin.cjs'),
        'generate',
        '--dialect=postgresql',
        '--schema=./src/db/schema/index.ts',
        '--casing=snake_case',
        `--out=${relative(ROOT, folder)}`,
      ],
      { cwd: ROOT, encoding: 'utf8' },
    );
    expect(out).toContain('No schema changes');
    expect(readdirSync(folder).sort()).toEqual(before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('every foreign key has an index that begins with its columns', async () => {
  await migrate(url);
  const missing = await ask<{ key: string }>(`
    select conrelid::regclass || ' (' || string_agg(a.attname, ', ') || ')' as key
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = any (c.conkey)
    where c.contype = 'f' and c.connamespace = 'public'::regnamespace
      and not exists (select from pg_index i where i.indrelid = c.conrelid
        and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey and (i.indkey::int2[])[0:cardinality(c.conkey) - 1] <@ c.conkey)
    group by c.oid, c.conrelid`);
  expect(missing).toEqual([]);
});

/** Looked for when a section is removed, which is seldom; only visible topics are in indexes by section. */
const NOT_BY_INDEX = 'topics.section_id';

// As PostgreSQL looks for it when the row is deleted: an index of some rows alone has to serve that, too.
test('by an index is found what refers to a row, for every foreign key', async () => {
  await migrate(url);
  const keys = await ask<{ from: string; columns: string[] }>(`
    select conrelid::regclass::text as from,
      array(select quote_ident(attname) from pg_attribute where attrelid = conrelid and attnum = any (conkey)) as columns
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`);
  expect(keys.length).toBeGreaterThan(100);
  const client = new pg.Client({ connectionString: url, options: '-c enable_seqscan=off' });
  await client.connect();
  try {
    for (const { from, columns } of keys) {
      if (`${from}.${columns.join()}` === NOT_BY_INDEX) continue;
      const refers = columns.map((column, index) => `$${index + 1} = ${column}`).join(' and ');
      const asked = `select from only ${from} where ${refers} for key share`;
      const plan = await planForGood(
        client,
        asked,
        columns.map(() => null),
      );
      expect(plan, asked).toContain('Index Cond');
      expect(plan, asked).not.toMatch(/Filter|Seq Scan/);
    }
  } finally {
    await client.end();
  }
});

test('eight processes at once: each migration runs once', async () => {
  const ran = await Promise.all(Array.from({ length: 8 }, () => migrate(url)));
  expect(ran.flat().sort()).toEqual(readMigrations().map(({ name }) => name));
});

test('a second run does nothing', async () => {
  await migrate(url);
  expect(await migrate(url)).toEqual([]);
});

test('one that fails leaves nothing behind, and says which', async () => {
  const good = fake('1_good', 'create table good ()');
  await expect(migrate(url, [good, fake('2_bad', 'create table half ()', 'select 1 / 0')])).rejects.toThrow(
    'Migration 2_bad failed',
  );
  expect(
    await ask("select to_regclass('good') is not null as good, to_regclass('half') is null as clean"),
  ).toEqual([{ good: true, clean: true }]);
  expect(await migrate(url, [good, fake('2_bad', 'create table whole ()')])).toEqual(['2_bad']);
});

test('one marked so runs outside a transaction', async () => {
  const table = fake('1_table', 'create table t (a int)');
  await migrate(url, [
    table,
    { ...fake('2_index', 'create index concurrently i on t (a)'), transactional: false },
  ]);
  expect(await ask("select to_regclass('i') is not null as there")).toEqual([{ there: true }]);
});

test('waits for a lock in steps, so that readers pass', async () => {
  const table = fake('1_table', 'create table t (a int)');
  await migrate(url, [table]);
  const reader = new pg.Client({ connectionString: url });
  await reader.connect();
  await reader.query('begin; select from t');
  const migrating = migrate(url, [table, fake('2_column', 'alter table t add b int')]);
  // The first try gives up after a second; a reader that comes then is not queued behind it.
  await new Promise((resolve) => {
    const poll = setInterval(() => {
      void admin
        .query(
          "select from pg_stat_activity where application_name = 'tokenwire migrations' and wait_event_type = 'Lock'",
        )
        .then(({ rowCount }) => {
          if (rowCount) {
            clearInterval(poll);
            resolve(undefined);
          }
        });
    }, 20);
  });
  await reader.query('commit');
  expect(await migrating).toEqual(['2_column']);
  await reader.end();
});

test.each([
  ['an edited one', [{ ...fake('1_a', 'create table a ()'), hash: 'another' }], 'was edited after it ran'],
  [
    'one that comes before those that ran',
    [fake('0_z', 'select 1'), fake('1_a', 'create table a ()')],
    'comes before',
  ],
  ['a database ahead of the program', [], 'Start the newer version'],
])('refuses %s', async (_what, migrations, sentence) => {
  await migrate(url, [fake('1_a', 'create table a ()')]);
  await expect(migrate(url, migrations)).rejects.toThrow(sentence);
});

test('refuses a journal out of order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'journal-'));
  try {
    cpSync(join(ROOT, 'migrations'), folder, { recursive: true });
    writeFileSync(
      join(folder, 'meta/_journal.json'),
      JSON.stringify({
        entries: [
          { idx: 0, when: 2, tag: '2_b' },
          { idx: 1, when: 1, tag: '1_a' },
        ],
      }),
    );
    expect(() => readMigrations(folder)).toThrow('out of order');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
