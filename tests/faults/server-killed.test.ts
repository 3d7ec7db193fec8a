// kill -9 of the forum's process in the middle of writing, and a start by whoever supervises it.
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultForum } from './fault-forum.ts';
import { Journal } from './journal.ts';
import { writeLoad } from './load.ts';
import { checkPages } from './pages.ts';
import { endsSound, keepsPromises } from './promises.ts';
import { report } from './report.ts';
import { chanceOf, ROUNDS, seeded } from './rounds.ts';
import { answers, PROMISED_MS, servesAgain } from './serving.ts';

const forum = new FaultForum();
beforeAll(async () => {
  await forum.start();
  await forum.join();
});
afterAll(() => forum.end());

test(`kill -9 of the server, ${ROUNDS} times: what it answered is there, whole, and it serves within 5 s ${seeded}`, async () => {
  const chance = chanceOf('server');
  const journal = new Journal();
  const load = writeLoad(() => forum.url, forum.members, journal, chance);
  const times: number[] = [];
  for (let round = 1; round <= ROUNDS; round += 1) {
    load.resume();
    await answers(journal, chance.between(10, 100));
    const killedAt = performance.now();
    const exit = once(forum.process.child, 'exit');
    forum.process.child.kill('SIGKILL');
    await exit;
    await forum.start();
    times.push(await servesAgain(forum, killedAt));
    await load.pause();
    await keepsPromises(forum, journal);
    await checkPages(forum, journal, chance);
  }
  await endsSound(forum, journal, load.refusals);
  report('server killed (from kill to page)', journal.tally, times);
  expect(Math.max(...times)).toBeLessThan(PROMISED_MS);
});
