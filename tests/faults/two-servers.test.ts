// Two servers on one data folder, started at the same moment: on two ports they serve one forum, on one port the second
// says why it cannot.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { keeperGone } from '../db/embedded/processes.ts';
import { type ForumProcess, freePort } from '../processes/forum-process.ts';
import { FaultForum, type LoadMember } from './fault-forum.ts';
import { Journal } from './journal.ts';
import { post, writeLoad } from './load.ts';
import { checkPages } from './pages.ts';
import { keepsPromises } from './promises.ts';
import { report } from './report.ts';
import { chanceOf, FRESH_ROUNDS, seeded } from './rounds.ts';
import { answers, jobsDone, PROMISED_MS, soundLog } from './serving.ts';

let forum: FaultForum;
afterEach(() => forum.end());

test(`on two ports, ${FRESH_ROUNDS} times: one forum; one is killed, the other goes on ${seeded}`, async () => {
  const chance = chanceOf('two servers');
  const times: number[] = [];
  let answered = 0;
  for (let round = 1; round <= FRESH_ROUNDS; round += 1) {
    if (round > 1) await forum.end();
    forum = new FaultForum();
    const [one, other] = await bothOf(forum.start(), forum.startBeside());
    await forum.join();
    const [first, second, third, ...writers] = forum.members;
    await isSeenBy(one, other, { title: chance.headline(), member: first });
    await isSeenBy(other, one, { title: chance.headline(), member: second });

    const journal = new Journal();
    const load = writeLoad(() => one.url, writers, journal, chance);
    load.resume();
    await answers(journal, chance.between(20, 60));
    const killedAt = performance.now();
    other.child.kill('SIGKILL');
    await once(other.child, 'exit');
    await answers(journal, 20);
    times.push(performance.now() - killedAt);
    await load.pause();
    // The one that goes on notices nothing.
    expect(journal.tally).toMatchObject({ foundUnanswered: 0, lostUnanswered: 0 });
    expect(load.refusals).toMatchObject({ count: 0, faults: [] });

    const again = await forum.startBeside();
    await isSeenBy(again, one, { title: chance.headline(), member: third });
    await keepsPromises(forum, journal);
    await checkPages(forum, journal, chance);
    await jobsDone(forum);
    await keepsPromises(forum, journal);
    expect([await again.stop(), await one.stop()]).toEqual([0, 0]);
    await keeperGone(forum.dataDir);
    soundLog(forum);
    answered += journal.tally.answered;
  }
  report('two servers, one killed (until the other answered 20 more)', { answered }, times);
  expect(Math.max(...times)).toBeLessThan(PROMISED_MS);
});

test(`on one port, ${FRESH_ROUNDS} times: the second says that it is in use`, async () => {
  for (let round = 1; round <= FRESH_ROUNDS; round += 1) {
    if (round > 1) await forum.end();
    forum = new FaultForum();
    const port = await freePort();
    const starts = await Promise.allSettled([forum.start(port), forum.startBeside(port)]);
    const refused = starts.filter((start) => start.status === 'rejected');
    expect(refused.map(({ reason }) => String(reason))).toEqual([
      expect.stringMatching(
        new RegExp(`ended with 1:[^]*Port ${port} is in use: another forum may be running`),
      ),
    ]);
    expect(String(refused[0]?.reason)).not.toContain('    at ');
    const page = await fetch(`http://localhost:${port}/new`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Tokenwire')]);
    const [open] = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(await open?.stop()).toBe(0);
  }
});

/** Waits for both even when one fails, so that none is left running. */
async function bothOf(one: Promise<ForumProcess>, other: Promise<ForumProcess>) {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/** What is written through one is there for readers of the other, and a session is one of both. */
async function isSeenBy(
  one: ForumProcess,
  other: ForumProcess,
  { title, member }: { title: string; member: LoadMember | undefined },
): Promise<void> {
  if (!member) throw new Error('Nobody has joined.');
  const form = { title, section: 'funding', tags: '', url: '', body: 'Is it there?', form_id: randomUUID() };
  const answer = await post(one.url, { member, path: '/submit', form });
  expect(answer.status).toBe(303);
  const headers = { cookie: member.cookie };
  const page = await fetch(other.url + (answer.headers.get('location') ?? ''), { headers });
  expect(await page.text()).toContain(title);
}
