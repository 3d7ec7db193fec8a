// Work that is done again and again while there are background jobs at all, too often for the queue: each of its rows would
// cost more than the work.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../db/connection.ts';

export interface SteadyWork {
  readonly name: string;
  /** Milliseconds between the end of one time and the beginning of the next. */
  readonly every: number;
  /** Leaves to others what they are doing already: each process with background jobs does it. */
  readonly run: (db: Database) => Promise<unknown>;
}

interface SteadyLog {
  error(details: object, message: string): void;
}

/** Begins; what fails is said once until it works again. @returns what ends it, when the running time is over */
export function startSteadyWork(
  db: Database,
  works: readonly SteadyWork[],
  log: SteadyLog,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const running = works.map(async ({ name, every, run }) => {
    let failing = false;
    while (!signal.aborted) {
      try {
        await run(db);
        failing = false;
      } catch (error) {
        if (!failing) log.error({ err: error, job: name }, 'steady work failed and will be tried again');
        failing = true;
      }
      await sleep(every, undefined, { signal }).catch(() => undefined);
    }
  });
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
}
