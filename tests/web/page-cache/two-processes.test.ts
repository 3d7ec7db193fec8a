// What one process changes, no process shows from memory; and a process that cannot hear the others shows nothing from it.
import { setTimeout as after } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { sql } from 'drizzle-orm';
import { vi } from 'vitest';
import { openConnection } from '../../../src/db/connection.ts';
import { paths } from '../../../src/web/paths.ts';
import { LATENESS } from '../../../src/web/page-cache/kept-pages.ts';
import { Browser } from '../../support/browser.ts';
import { expect, type Forum, test as base } from '../../support/forum.ts';
import { ask, isKept, untilKept } from './asking.ts';

/** Another application on the same database, with connections and a page cache of its own. */
const test = base.extend<{ other: FastifyInstance }>({
  other: async ({ forum, app }, use) => {
    void app;
    const connection = openConnection(forum.url, { max: 5, onTrouble: () => undefined });
    const other = await forum.build({ connection, lateness: LATENESS });
    await other.listen({ port: 0, host: '127.0.0.1' });
    await use(other);
    await other.close();
    await connection.close();
  },
});

const textOf = async (app: FastifyInstance, path: string): Promise<string> =>
  (await ask(app, path, { 'accept-encoding': 'identity' })).body.toString();

test('a hide answered by one process is shown by neither: by its own never again, by the other not after 100 ms', async ({
  app,
  other,
  make,
  as,
}) => {
  const moderator = await as.moderator();
  for (let n = 0; n < 5; n += 1) {
    const topic = await make.topic({ title: `Topic ${n}` });
    const reply = await make.reply({ topic, body: `zeppelin-${n}` });
    const path = paths.topic(topic);
    for (const process of [app, other]) await untilKept(process, path);
    let loads = true;
    // Readers go on asking both all the while.
    const load = [app, other].map(async (process) => {
      while (loads) await ask(process, path);
    });
    const hidden = await moderator.post(paths.postHide(reply.id), { canned: 'Spam or promotion' });
    const own = await textOf(app, path);
    await after(100);
    const others = await textOf(other, path);
    loads = false;
    await Promise.all(load);
    expect(hidden.status).toBe(303);
    expect([own.includes(`zeppelin-${n}`), others.includes(`zeppelin-${n}`)]).toEqual([false, false]);
  }
});

test('a page begun before a hide is not kept after it, whichever process hides', async ({
  app,
  other,
  forum,
  make,
  as,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, body: 'zeppelin' });
  const path = paths.topic(topic);
  const cookie = await as.cookie(await make.member({ role: 'moderator' }));
  await untilKept(app, path);
  await forum.connection.db.execute(sql`update topics set title = 'Another' where topics.id = ${topic.id}`);
  // The page's last query waits for the lock of a table, so that the hide comes in between.
  const { promise: release, resolve: go } = Promise.withResolvers<void>();
  const made = new Promise<Awaited<ReturnType<typeof ask>>>((resolve, reject) => {
    const held = app.pageCache?.pages.begin(path);
    if (held) {
      release.then(() => held.end(true), reject);
      ask(app, path).then(resolve, reject);
    } else reject(new Error('nothing is kept'));
  });
  const hiding = new Browser(other, cookie);
  await hiding.post(paths.postHide(reply.id), { canned: 'Spam or promotion' });
  go();
  await made;
  await after(100);
  expect(await textOf(app, path)).not.toContain('zeppelin');
});

test("a member's own write is on the next page, whichever process answers", async ({
  app,
  other,
  make,
  as,
}) => {
  const topic = await make.topic();
  const member = await make.member();
  const cookie = await as.cookie(member);
  const path = paths.topic(topic);
  for (const process of [app, other]) await untilKept(process, path);
  const answer = await new Browser(app, cookie).post(paths.topicReply(topic.id), { body: 'My own words' });
  expect(answer.status).toBe(303);
  for (const process of [app, other])
    expect((await new Browser(process, cookie).visit(path)).main).toContain('My own words');
  expect(await textOf(app, path)).toContain('My own words');
  await vi.waitFor(async () => expect(await textOf(other, path)).toContain('My own words'));
});

test('without its connection a process keeps nothing, until it hears again', async ({
  app,
  other,
  forum,
  make,
}) => {
  const path = paths.topic(await make.topic());
  for (const process of [app, other]) await untilKept(process, path);
  const before = other.pageCache!.pages.bytes;
  await endListening(forum);
  await vi.waitFor(() => expect([other.pageCache!.isOn, other.pageCache!.pages.bytes]).toEqual([false, 0]), {
    interval: 1,
    timeout: 20_000,
  });
  expect(before).toBeGreaterThan(0);
  expect(isKept(await ask(other, path))).toBe(false);
  // What is changed while it hears nothing is on what it keeps afterwards.
  await forum.connection.db.execute(
    sql`update topics set title = 'Renamed meanwhile' where topics.title is not null`,
  );
  const kept = await untilKept(other, path, { 'accept-encoding': 'identity' });
  expect(kept.body.toString()).toContain('Renamed meanwhile');
});

async function endListening({ connection }: Forum): Promise<void> {
  await connection.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'tokenwire pages' and datname = current_database()`,
  );
}

test('replies are on the pages of their topic at once, on lists within a second; votes on both within five', async ({
  other,
  forum,
  make,
  clock,
  as,
}) => {
  const topic = await make.topic({ title: 'What grows' });
  const [path, cookie] = [paths.topic(topic), await as.cookie(await make.member())];
  const elsewhere = paths.topic(await make.topic({ title: 'Elsewhere' }));
  for (const page of [path, '/', elsewhere]) await untilKept(other, page);
  const writer = new Browser(other, cookie);
  await writer.post(paths.topicReply(topic.id), { body: 'It grew' });
  const kept = async (page: string) => isKept(await ask(other, page));
  expect([await kept(path), await kept('/'), await kept(elsewhere)]).toEqual([false, true, true]);
  clock.advance({ seconds: 1 });
  expect([await kept('/'), await kept(elsewhere)]).toEqual([false, true]);
  for (const page of [path, '/']) await untilKept(other, page);
  await new Browser(other, await as.cookie(await make.member())).post(
    paths.postVote(topic.openingPostId),
    {},
  );
  await untilKept(other, path);
  void forum;
  clock.advance({ seconds: 5 });
  expect([await kept(path), await kept('/')]).toEqual([false, false]);
  expect(await textOf(other, path)).toContain('1 upvote');
});
