// A real streaming replica, made of a copy of the embedded database: read from while it is not behind, and never longer.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Connection, openConnection } from '../../src/db/connection.ts';
import { type EmbeddedDatabase, openEmbedded } from '../../src/db/embedded/index.ts';
import { migrate } from '../../src/db/migrate.ts';
import { openReplica, type Replica } from '../../src/db/replica.ts';
import { keeperGone, removeFolder } from '../db/embedded/processes.ts';

const patience = { timeout: 60_000, interval: 10 };
const FAST = { fsync: 'off', full_page_writes: 'off' };
/** What a read may miss at most, in milliseconds before it began: what docs/operating.md promises. */
const BEHIND_AT_MOST = 100;

let folder: string;
let main: EmbeddedDatabase;
let standby: EmbeddedDatabase;
let primary: Connection;
let onStandby: pg.Pool;
let replica: Replica;
const said: string[] = [];

/** The forum's database, as the superuser who may pause what is replayed. */
const forumOf = ({ superuserUrl }: EmbeddedDatabase) => superuserUrl.replace('/postgres?', '/tokenwire?');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tokenwire-replica-'));
  const [first, second] = [join(folder, 'a'), join(folder, 'b')];
  const made = await openEmbedded({ dataDir: first, settings: FAST });
  await migrate(made.ownerUrl);
  await made.release();
  // At rest: PostgreSQL ends a moment after its last client.
  await keeperGone(first);
  execFileSync('mkdir', [second]);
  execFileSync('cp', ['-a', join(first, 'postgres'), join(second, 'postgres')]);
  writeFileSync(join(second, 'postgres', 'standby.signal'), '');
  main = await openEmbedded({ dataDir: first, settings: FAST });
  const { host } = new pg.Client({ connectionString: main.superuserUrl });
  const primary_conninfo = `host=${host} port=5432 user=postgres`;
  standby = await openEmbedded({ dataDir: second, settings: { ...FAST, primary_conninfo } });
  primary = openConnection(forumOf(main), { max: 4, onTrouble: () => undefined });
  onStandby = new pg.Pool({ connectionString: forumOf(standby), max: 1 });
  onStandby.on('error', () => undefined);
  replica = openReplica(forumOf(standby), primary, {
    max: 4,
    onTrouble: () => undefined,
    say: (text) => said.push(text),
  });
  await primary.pool.query('create table written (n integer); insert into written values (0)');
});
afterAll(async () => {
  await onStandby.end();
  await replica.close();
  await primary.close();
  await standby.release();
  await main.release();
  for (const name of ['a', 'b']) await keeperGone(join(folder, name));
  removeFolder(folder);
});

interface Seen {
  readonly standby: boolean;
  readonly n: number;
}
async function read(): Promise<Seen> {
  const { rows } = await replica
    .reader()
    .execute<{ standby: boolean; n: number }>(
      sql`select pg_is_in_recovery() as standby, (select max(w.n) from written w) as n`,
    );
  return rows[0] as Seen;
}
const write = (n: number) => primary.pool.query('insert into written values ($1)', [n]);
const readsFrom = (place: 'standby' | 'primary') =>
  expect.poll(async () => ((await read()).standby ? 'standby' : 'primary'), patience).toBe(place);

test('while others write, what is read is never older than promised', async () => {
  await readsFrom('standby');
  const committed = [0];
  const tooOld: string[] = [];
  const places = new Set<boolean>();
  for (let n = 1; n <= 200; n += 1) {
    await write(n);
    committed.push(performance.now());
    const began = performance.now();
    const seen = await read();
    places.add(seen.standby);
    const missed = committed[seen.n + 1];
    if (missed !== undefined && began - missed > BEHIND_AT_MOST) tooOld.push(`${began - missed} ms`);
  }
  expect(tooOld).toEqual([]);
  expect(places).toContain(true);
});

test('one that stands still is not read from, which is said once; once it has caught up, it is again', async () => {
  await readsFrom('standby');
  said.length = 0;
  await onStandby.query('select pg_wal_replay_pause()');
  await write(1_000);
  await readsFrom('primary');
  for (let n = 0; n < 50; n += 1) expect(await read()).toEqual({ standby: false, n: 1_000 });
  await expect.poll(() => said.join(), patience).toContain('more than 100 ms behind');
  await onStandby.query('select pg_wal_replay_resume()');
  await readsFrom('standby');
  expect(await read()).toMatchObject({ n: 1_000 });
  expect(said).toHaveLength(2);
});

test('what this process has hidden is never read from before that', async () => {
  for (let n = 1; n <= 10; n += 1) {
    await readsFrom('standby');
    await onStandby.query('select pg_wal_replay_pause()');
    await primary.db.execute(sql`update topics set title = 'hidden'`);
    for (let reads = 0; reads < 5; reads += 1) expect(await read()).toMatchObject({ standby: false });
    await onStandby.query('select pg_wal_replay_resume()');
  }
});

test('nothing is written by way of it', async () => {
  await readsFrom('standby');
  await expect(replica.reader().execute(sql`insert into written values (-1)`)).rejects.toThrow();
  expect((await primary.pool.query('select from written where n = -1')).rowCount).toBe(0);
});

test('when it ends, what was asked of it is answered by the primary', async () => {
  await readsFrom('standby');
  said.length = 0;
  await standby.release();
  while (!said.join().includes('not read from')) expect(await read()).toMatchObject({ n: 1_000 });
  expect(await read()).toEqual({ standby: false, n: 1_000 });
});
