// What one process changes, no process shows from memory; and a process that cannot hear the others shows nothing from it.
import { setTimeout as after } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { sql } from 'drizzle-orm';
import type pg from 'pg';
import { vi } from 'vitest';
import { type PageChange, tellPages } from '../../../src/db/page-changes.ts';
import type { TopicId } from '../../../src/domain/ids.ts';
import { Hearing } from '../../../src/web/page-cache/hearing.ts';
import { paths } from '../../../src/web/paths.ts';
import { Browser } from '../../support/browser.ts';
import { expect, type Forum } from '../../support/forum.ts';
import { ask, isKept, untilKept } from './asking.ts';
import { test } from './other-process.ts';

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

test.for(['its own', 'another'] as const)(
  'a page begun before a hide by %s process is not kept after it',
  async (whose, { app, other, connection, make, as }) => {
    const topic = await make.topic({ title: 'A zeppelin' });
    const moderator = new Browser(
      whose === 'another' ? app : other,
      await as.cookie(await make.member({ role: 'moderator' })),
    );
    const path = paths.topic(topic);
    await untilKept(other, path);
    // Another address of the same page, which is not kept yet: what the database said of it before is held back.
    const again = `${path}?again=1`;
    const { isHeld, release } = holdAnswer(connection.pool, /"body_html"/);
    const made = ask(other, again, { 'accept-encoding': 'identity' });
    await isHeld;
    const hidden = await moderator.post(paths.postHide(topic.openingPostId), { canned: 'Spam or promotion' });
    await vi.waitFor(async () => expect((await ask(other, path)).status).toBe(410));
    release();
    expect([hidden.status, (await made).status]).toEqual([303, 200]);
    expect((await made).body.toString()).toContain('A zeppelin');
    expect((await ask(other, again)).status).toBe(410);
  },
);

/** Holds back what the first statement that fits is answered. */
function holdAnswer(
  pool: pg.Pool,
  statement: RegExp,
): { readonly isHeld: Promise<void>; readonly release: () => void } {
  const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const query = pool.query.bind(pool) as (...asked: unknown[]) => Promise<unknown>;
  let armed = true;
  const held = async (...asked: unknown[]) => {
    const answer = await query(...asked);
    if (armed && statement.test((asked[0] as pg.QueryConfig).text)) {
      armed = false;
      hold();
      await released;
    }
    return answer;
  };
  Object.assign(pool, { query: held });
  return { isHeld, release };
}

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
  make,
  clock,
  as,
}) => {
  const topic = await make.topic({ title: 'What grows' });
  const path = paths.topic(topic);
  const writer = new Browser(other, await as.cookie(await make.member()));
  const voter = new Browser(other, await as.cookie(await make.member()));
  const elsewhere = paths.topic(await make.topic({ title: 'Elsewhere' }));
  for (const page of [path, '/', elsewhere]) await untilKept(other, page);
  await writer.post(paths.topicReply(topic.id), { body: 'It grew' });
  const kept = async (page: string) => isKept(await ask(other, page));
  expect([await kept(path), await kept('/'), await kept(elsewhere)]).toEqual([false, true, true]);
  clock.advance({ seconds: 1 });
  expect([await kept('/'), await kept(elsewhere)]).toEqual([false, true]);
  for (const page of [path, '/']) await untilKept(other, page);
  const voted = await voter.post(paths.postVote(topic.openingPostId), { vote: 'up' });
  expect([voted.status, await kept(path), await kept('/')]).toEqual([303, true, true]);
  clock.advance({ seconds: 5 });
  expect([await kept(path), await kept('/')]).toEqual([false, false]);
  expect(await textOf(other, path)).toContain('1 upvote');
});

test('settings that one process changes are on every page that another keeps afterwards', async ({
  app,
  other,
  as,
}) => {
  void app;
  await untilKept(other, '/about');
  const page = await (await as.admin()).visit(paths.admin());
  await page.press('Save', { name: 'Renamed forum' });
  await after(100);
  for (let n = 0; n < 5; n += 1) expect(await textOf(other, '/about')).toContain('Renamed forum');
});

test('what is committed as soon as a process hears is heard, once, and what was before is not', async ({
  forum,
  connection,
  make,
}) => {
  const before = await make.topic();
  const heard: PageChange[] = [];
  const hearing = new Hearing({
    ...{ url: forum.url, toldBy: 'a third process', onBack: () => undefined, onGone: () => undefined },
    onTrouble: () => undefined,
    onChanges: (changes) => heard.push(...changes),
  });
  await hearing.start();
  const tell = (topicId: TopicId) =>
    connection.db.transaction(async (tx) => tellPages(tx, { effect: 'voted', topicId }));
  await tell(before.id);
  await vi.waitFor(() => expect(heard).toEqual([{ effect: 'voted', topicId: before.id }]), {
    timeout: 5_000,
  });
  const next = (before.id + 1) as TopicId;
  await tell(next);
  await vi.waitFor(() => expect(heard.length).toBeGreaterThan(1), { timeout: 5_000 });
  expect(heard.slice(1)).toEqual([{ effect: 'voted', topicId: next }]);
  await hearing.close();
});
