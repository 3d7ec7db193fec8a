// The database of DATABASE_URL is away for half a minute: nobody is logged out, nothing hangs, and everything goes on by
// itself when it is back, background jobs too.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { temporaryFolder } from '../db/embedded/processes.ts';
import { FaultForum } from './fault-forum.ts';
import { Journal } from './journal.ts';
import { post, writeLoad } from './load.ts';
import { checkPages } from './pages.ts';
import { keepsPromises } from './promises.ts';
import { report } from './report.ts';
import { chanceOf, ROUNDS, seeded } from './rounds.ts';
import { answers, jobsDone, PROMISED_MS, servesAgain, soundLog, UNAVAILABLE_MS } from './serving.ts';
import { type OwnDatabase, openOwnDatabase } from './own-database.ts';

/** Long enough for every retry in between to have slowed down; CI has less patience. */
const AWAY_MS = ROUNDS < 20 ? 5_000 : 30_000;
const ASK_EVERY_MS = 250;
/** A connection that says nothing is given up after 16 s (db/connection.ts); its rollback may take as long again. */
const FROZEN_MS = 40_000;

let database: OwnDatabase;
let forum: FaultForum;
const dataDir = temporaryFolder();
beforeAll(async () => {
  database = await openOwnDatabase();
  forum = new FaultForum(dataDir, { env: { DATABASE_URL: database.url } });
  await forum.start();
  await forum.join();
});
afterAll(async () => {
  await forum.end();
  await database.end();
});

test(`the database is away for ${AWAY_MS / 1_000} s: 503 at once, and everything goes on when it is back ${seeded}`, async () => {
  const chance = chanceOf('away');
  const journal = new Journal();
  const load = writeLoad(() => forum.url, forum.members, journal, chance);
  load.resume();
  await answers(journal, 100);
  await database.stopAtOnce();
  const backAt = performance.now() + AWAY_MS;
  await vi.waitFor(async () => expect((await ask('/')).status).toBe(503));
  while (performance.now() < backAt) {
    const [front, health, ready] = await Promise.all(['/', '/healthz', '/readyz'].map((path) => ask(path)));
    expect(front).toMatchObject({ status: 503, retryAfter: '5' });
    expect(front?.text).toContain('The forum is catching its breath');
    expect(health).toMatchObject({ status: 200 });
    expect(ready).toMatchObject({ status: 503 });
    expect(ready?.text).toContain('the database cannot be reached');
    await pause(ASK_EVERY_MS);
  }
  await load.pause();
  const startedAt = performance.now();
  await database.start();
  const took = await servesAgain(forum, startedAt);
  const told = await timeToNotification(journal);
  await keepsPromises(forum, journal);
  await checkPages(forum, journal, chance);
  load.resume();
  await answers(journal, 50);
  await load.pause();
  await jobsDone(forum);
  await keepsPromises(forum, journal);
  expect(await ask('/readyz')).toMatchObject({ status: 200 });
  expect(forum.process.child.exitCode).toBeNull();
  expect(load.refusals.faults).toEqual([]);
  soundLog(forum);
  const slowest = Math.round(load.refusals.slowestMs);
  report(`database away ${AWAY_MS / 1_000} s (slowest 503 ${slowest} ms)`, journal.tally, [took]);
  report('… until a reply of afterwards was told of', {}, [told]);
  expect(load.refusals.slowestMs).toBeLessThan(UNAVAILABLE_MS);
  expect(took).toBeLessThan(PROMISED_MS);
});

test('the database is frozen: whoever waits for it is answered, and everything goes on when it thaws', async () => {
  // Connections that are open and in use: the worst case, since nobody notices that they lead nowhere.
  const pages = ['/', '/new', '/active', '/top'];
  await Promise.all(pages.map((path) => ask(path)));
  database.freeze();
  const began = performance.now();
  const [reader] = forum.members;
  const asked = await Promise.all(pages.map((path) => ask(path, FROZEN_MS)));
  const form = { body: 'Written while nothing answers.', form_id: 'while-frozen-1' };
  const written = await post(forum.url, { member: reader!, path: '/preview', form });
  const took = performance.now() - began;
  database.thaw();
  expect(asked.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(written.status).toBe(503);
  expect(await written.text()).toContain('Written while nothing answers.');
  await vi.waitFor(async () => expect((await ask('/')).status).toBe(200), { timeout: 60_000 });
  report('frozen database: until four pages and a form were answered', {}, [took]);
  soundLog(forum);
});

async function ask(path: string, patience = UNAVAILABLE_MS) {
  const response = await fetch(forum.url + path, { signal: AbortSignal.timeout(patience) });
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, retryAfter, text: await response.text() };
}

/** Answers somebody and waits until they are told: the queue works again. */
async function timeToNotification({ posts }: Journal): Promise<number> {
  const answered = posts.find(({ kind, answered }) => kind === 'topic' && answered);
  const { reader: member } = forum;
  if (!answered) throw new Error('There is nobody to answer.');
  const path = `/t/${answered.topicId}/reply`;
  const began = performance.now();
  const form = { body: 'Posted when it was back.', form_id: 'after-the-outage-1' };
  expect((await post(forum.url, { member, path, form })).status).toBe(303);
  const inbox = { headers: { cookie: answered.author.cookie } };
  await vi.waitFor(
    async () => expect(await (await fetch(`${forum.url}/inbox`, inbox)).text()).toContain(member.name),
    { timeout: 60_000, interval: 50 },
  );
  return performance.now() - began;
}
