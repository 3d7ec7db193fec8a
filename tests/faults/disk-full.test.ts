// The disk of the data folder is full: every answer says so in time and keeps what was typed, nothing is damaged, and with
// some space everything goes on by itself.
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { keeperAbove, postmasterOf } from '../db/embedded/processes.ts';
import { parsePage, textInArea } from '../support/page.ts';
import { FaultForum } from './fault-forum.ts';
import { Journal } from './journal.ts';
import { post, writeLoad } from './load.ts';
import { checkPages } from './pages.ts';
import { endsSound, keepsPromises } from './promises.ts';
import { report } from './report.ts';
import { chanceOf, ROUNDS, seeded } from './rounds.ts';
import { answers, PROMISED_MS, servesAgain, UNAVAILABLE_MS } from './serving.ts';
import { mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** What else is killed while the disk is full: started again without room, PostgreSQL gives up, and its keeper with it. */
const FILLINGS = ROUNDS < 20 ? ([[]] as const) : ([[], ['server'], ['server', 'keeper']] as const);

let disk: SmallDisk | undefined;
let forum: FaultForum;
let cannotMount = '';
beforeAll(async () => {
  try {
    disk = mountSmallDisk();
  } catch (error) {
    cannotMount = (error as Error).message.trim();
    return;
  }
  forum = new FaultForum(disk.folder);
  await forum.start();
  await forum.join();
});
afterAll(async () => {
  if (!disk) return;
  disk.free();
  await forum.leave();
  await disk.unmount();
});

test(`a full disk, ${FILLINGS.length} times: answers that say so, nothing lost, and it goes on within 5 s of space ${seeded}`, async ({
  skip,
}) => {
  if (!disk) return skip(`This test mounts a small disk of its own, which takes root. ${cannotMount}`);
  const chance = chanceOf('disk');
  const journal = new Journal();
  const load = writeLoad(() => forum.url, forum.members, journal, chance);
  const times: number[] = [];
  for (const killed of FILLINGS) {
    load.resume();
    await answers(journal, 50);
    disk.fill();
    await refusesWrites(load.refusals);
    await keepsWhatIsTyped();
    if (killed.length > 0) await givesUp(disk, killed);
    const freedAt = performance.now();
    disk.free();
    await servesAgain(forum, freedAt);
    await answers(journal, 1);
    times.push(performance.now() - freedAt);
    await load.pause();
    await keepsPromises(forum, journal);
    await checkPages(forum, journal, chance);
  }
  await endsSound(forum, journal, load.refusals);
  const slowest = Math.round(load.refusals.slowestMs);
  report(`disk full (from space to a write; slowest 503 ${slowest} ms)`, journal.tally, times);
  expect(load.refusals.slowestMs).toBeLessThan(UNAVAILABLE_MS);
  expect(Math.max(...times)).toBeLessThan(PROMISED_MS);
});

/** Uses up what PostgreSQL has set aside, so that it needs room it cannot have. */
async function refusesWrites(refusals: { readonly count: number }): Promise<void> {
  const before = refusals.count;
  await vi.waitFor(
    async () => {
      await forum.look(({ pool }) => pool.query('select pg_switch_wal()')).catch(() => undefined);
      expect(refusals.count).toBeGreaterThan(before);
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** Sends replies until one cannot be taken, and looks for its text on the page that says so. */
async function keepsWhatIsTyped(): Promise<void> {
  const text = 'An hour of thinking & <typing>,\n\n  in two paragraphs.';
  const form = { body: text, form_id: 'typed-on-a-full-disk' };
  const page = await vi.waitFor(
    async () => {
      const response = await post(forum.url, { member: forum.reader, path: '/t/1/reply', form });
      expect(response.status).toBe(503);
      return parsePage(await response.text());
    },
    { timeout: 30_000 },
  );
  const area = page.querySelector('form[action="/t/1/reply"] textarea[name=body]');
  expect(area && textInArea(area)).toBe(text);
}

/** Kills it, leaves no byte free, and waits until the log says what is wrong and what to do. */
async function givesUp(full: SmallDisk, killed: readonly ('server' | 'keeper')[]): Promise<void> {
  const postmaster = postmasterOf(forum.dataDir);
  if (postmaster === undefined) throw new Error('PostgreSQL does not run.');
  const keeper = keeperAbove(postmaster);
  const countSaid = (): number => forum.output.split('The disk is full: free some space').length;
  const before = countSaid();
  if (killed.includes('keeper')) process.kill(keeper, 'SIGKILL');
  process.kill(postmaster, 'SIGKILL');
  await vi.waitFor(
    () => {
      full.fill();
      expect(countSaid()).toBeGreaterThan(before);
    },
    { timeout: 60_000, interval: 5 },
  );
}
