// The very first start is killed at any moment of it (initdb, migrations, demonstration): the next one makes it whole.
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { findCounterFaults } from '../../src/features/threads/index.ts';
import { keeperAbove, postmasterOf } from '../db/embedded/processes.ts';
import { freePort, spawnForum } from '../processes/forum-process.ts';
import { FaultForum } from './fault-forum.ts';
import { report } from './report.ts';
import { chanceOf, FRESH_ROUNDS, seeded } from './rounds.ts';
import { soundLog } from './serving.ts';

const COUNTS = `select (select count(*) from members) as members, (select count(*) from topics) as topics,
  (select count(*) from posts) as posts, (select count(*) from votes) as votes, (select count(*) from actions) as actions,
  (select count(*) from events) as events, (select count(*) from tags) as tags, (select count(*) from sections) as sections`;

let forum: FaultForum;
afterEach(() => forum.end());

test(`a first start killed ${FRESH_ROUNDS} times, at any moment: the next one succeeds ${seeded}`, async () => {
  const chance = chanceOf('first start');
  forum = new FaultForum();
  const began = performance.now();
  await forum.start();
  const undisturbed = performance.now() - began;
  const whole = await count();
  const times: number[] = [];
  for (let round = 1; round <= FRESH_ROUNDS; round += 1) {
    await forum.end();
    forum = new FaultForum();
    // Spread over the whole of it, so that no part of it is spared by chance.
    const moment = (undisturbed * (round - chance.next())) / FRESH_ROUNDS;
    await killFirstStart(moment, round % 2 === 0);
    const startedAt = performance.now();
    await forum.start();
    times.push(performance.now() - startedAt);
    expect(await count(), `killed after ${Math.round(moment)} ms`).toEqual(whole);
    expect(await forum.look(({ db }) => findCounterFaults(db))).toEqual([]);
    const page = await fetch(`${forum.url}/new`);
    expect(await page.text()).toContain('Q1 2026 AI Investment Hits $300B, Shattering Records');
    soundLog(forum);
  }
  report('first start killed (the next start as a whole)', {}, times);
});

/** Kills the server, and what keeps its database when that is there already and `keeperToo`. */
async function killFirstStart(moment: number, keeperToo: boolean): Promise<void> {
  const child = spawnForum(await freePort(), forum.dataDir);
  const exit = once(child, 'exit');
  await pause(moment);
  const postmaster = keeperToo ? postmasterOf(forum.dataDir) : undefined;
  child.kill('SIGKILL');
  if (postmaster !== undefined) process.kill(keeperAbove(postmaster), 'SIGKILL');
  await exit;
}

function count(): Promise<unknown> {
  return forum.look(async ({ pool }) => (await pool.query<Record<string, string>>(COUNTS)).rows);
}
