// Jobs that come while others are taken: nobody waits for the queue's next look at the database, two seconds later.
import { sql } from 'drizzle-orm';
import { vi } from 'vitest';
import type { JobHandlers } from '../../src/jobs/catalogue.ts';
import { enqueue } from '../../src/jobs/queue.ts';
import { startJobs } from '../../src/jobs/runner.ts';
import { expect, test } from '../support/forum.ts';

const LOOKS_EVERY = 2_000;
/** A running queue holds such a lock from the moment at which it hears what is added (src/jobs/abandoned.ts). */
const LISTENING = sql`select from pg_locks join pg_database on pg_database.oid = pg_locks.database
  where datname = current_database() and locktype = 'advisory' and mode = 'ShareLock' and granted`;
const QUIET = { error: () => undefined, info: () => undefined };

test('a job that another one asks for is done without a look at the queue', async ({
  app: { pool, db },
  clock,
}) => {
  const { setTimeout: later } = globalThis;
  // It never looks by itself: what it does not take up when it is told of it, it never takes up.
  vi.spyOn(globalThis, 'setTimeout').mockImplementation((run: () => void, ms?: number, ...rest: []) =>
    later(run, ms === LOOKS_EVERY ? 2 ** 30 : ms, ...rest),
  );
  const done: string[] = [];
  const handlers = {
    'sweep-drafts': () =>
      db.transaction(async (tx) => {
        done.push('first');
        await enqueue(tx, 'sweep-news', {});
      }),
    'sweep-news': async () => void done.push('second'),
  } as unknown as JobHandlers;
  const jobs = await startJobs(pool, db, handlers, clock, QUIET);
  try {
    await expect.poll(async () => (await db.execute(LISTENING)).rowCount, { timeout: 15_000 }).toBe(1);
    for (let round = 1; round <= 5; round += 1) {
      await db.transaction((tx) => enqueue(tx, 'sweep-drafts', {}));
      await expect.poll(() => done.length, { timeout: 15_000 }).toBe(2 * round);
    }
  } finally {
    await jobs.stop();
    vi.restoreAllMocks();
  }
});
