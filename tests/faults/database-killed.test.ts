// kill -9 of PostgreSQL in the middle of writing: of the whole server, of one of its processes, of the keeper, of both.
// The forum's own process goes on.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keeperAbove, postmasterOf } from '../db/embedded/processes.ts';
import { FaultForum } from './fault-forum.ts';
import { Journal } from './journal.ts';
import { writeLoad } from './load.ts';
import { checkPages } from './pages.ts';
import { endsSound, keepsPromises } from './promises.ts';
import { report } from './report.ts';
import { chanceOf, ROUNDS, seeded } from './rounds.ts';
import { answers, PROMISED_MS, servesAgain, UNAVAILABLE_MS } from './serving.ts';

/** In this order, over and over: each kind soon, and the server so often in a row that no patience with it runs out. */
const VICTIMS = [
  ...(['server', 'server and keeper', 'backend', 'keeper'] as const),
  ...Array.from({ length: 8 }, () => 'server' as const),
  ...(['backend', 'backend', 'server and keeper', 'keeper'] as const),
];
type Victim = (typeof VICTIMS)[number];

const forum = new FaultForum();
beforeAll(async () => {
  await forum.start();
  await forum.join();
});
afterAll(() => forum.end());

test(`kill -9 of PostgreSQL, ${ROUNDS} times: what was answered is there, and the same process serves within 5 s ${seeded}`, async () => {
  const chance = chanceOf('database');
  const journal = new Journal();
  const load = writeLoad(() => forum.url, forum.members, journal, chance);
  const times = new Map<Victim, number[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    const victim = VICTIMS[round % VICTIMS.length] as Victim;
    load.resume();
    await answers(journal, chance.between(10, 100));
    const killedAt = performance.now();
    const replaced = await kill(victim);
    const took = await servesAgain(forum, killedAt, replaced);
    times.set(victim, [...(times.get(victim) ?? []), took]);
    await load.pause();
    await keepsPromises(forum, journal);
    await checkPages(forum, journal, chance);
  }
  await endsSound(forum, journal, load.refusals);
  expect(load.refusals.slowestMs).toBeLessThan(UNAVAILABLE_MS);
  for (const [victim, each] of times) report(`PostgreSQL killed: ${victim}`, {}, each);
  report(
    `PostgreSQL killed, all; slowest 503 ${Math.round(load.refusals.slowestMs)} ms`,
    journal.tally,
    [...times.values()].flat(),
  );
  expect(Math.max(...[...times.values()].flat())).toBeLessThan(PROMISED_MS);
});

/** @returns what says whether it has been replaced */
async function kill(victim: Victim): Promise<() => boolean> {
  const postmaster = postmasterOf(forum.dataDir);
  if (postmaster === undefined) throw new Error('PostgreSQL does not run.');
  const replaced = (): boolean => ![undefined, postmaster].includes(postmasterOf(forum.dataDir));
  switch (victim) {
    case 'server':
      process.kill(postmaster, 'SIGKILL');
      return replaced;
    case 'keeper':
      process.kill(keeperAbove(postmaster), 'SIGKILL');
      return replaced;
    case 'server and keeper': {
      const keeper = keeperAbove(postmaster);
      process.kill(keeper, 'SIGKILL');
      process.kill(postmaster, 'SIGKILL');
      return replaced;
    }
    case 'backend': {
      const backend = await findBackend();
      process.kill(backend, 'SIGKILL');
      // PostgreSQL ends all its processes and starts new ones under the same server.
      return () => !isRunning(backend);
    }
  }
}

/** One that works for the forum. */
function findBackend(): Promise<number> {
  const text = `select pid from pg_stat_activity where usename = 'tokenwire_app' order by query_start desc limit 1`;
  return forum.look(async ({ pool }) => {
    const [row] = (await pool.query<{ pid: number }>(text)).rows;
    if (!row) throw new Error('The forum has no connection.');
    return row.pid;
  });
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
