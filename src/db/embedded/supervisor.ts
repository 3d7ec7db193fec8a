// Keeps PostgreSQL running: started again when it ends by itself, at growing intervals, and given up with a reason when
// it cannot run.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Postmaster } from './postmaster.ts';
import { reasonIn } from './reason.ts';

/** Pauses before the second, third … start in a row. A data folder that never served is given up sooner. */
const PAUSES_MS = [0, 250, 500, 1000, 2000, 2000];
const FIRST_PAUSES_MS = [250, 500];
/** Having served this long was a success: what ends it is a new mishap, not the same again. */
const STEADY_MS = 1000;
/** After this long a start is slow enough to say so: recovery after a crash reads all that was written last. */
const SLOW_START_MS = 15_000;

interface Charge {
  readonly start: () => Promise<Postmaster>;
  /** Aborted when PostgreSQL is needed no more: it is stopped, and supervision ends. */
  readonly gone: AbortSignal;
  readonly onReady: () => void;
  readonly onTrouble: (message: string) => void;
}

/**
 * Resolves when PostgreSQL has been stopped.
 * @throws Error, with PostgreSQL's own reason, when it cannot run.
 */
export async function supervise({ start, gone, onReady, onTrouble }: Charge): Promise<void> {
  let everReady = false;
  let failures = 0;
  while (!gone.aborted) {
    const postmaster = await start();
    const stop = (): void => postmaster.stop();
    if (gone.aborted) stop();
    gone.addEventListener('abort', stop);
    const slow = setTimeout(
      () => onTrouble(`PostgreSQL is still starting after ${SLOW_START_MS / 1000} s.`),
      SLOW_START_MS,
    );
    const ready = await postmaster.ready;
    const readyAt = performance.now();
    clearTimeout(slow);
    if (ready && !gone.aborted) {
      everReady = true;
      onReady();
    }
    const how = await postmaster.ended;
    if (ready && performance.now() - readyAt > STEADY_MS) failures = 0;
    const pause = (everReady ? PAUSES_MS : FIRST_PAUSES_MS)[failures++];
    if (pause !== undefined && !gone.aborted) {
      onTrouble(`PostgreSQL ended by itself (${how}) and is started again.`);
    }
    const lastWords = await postmaster.drained;
    gone.removeEventListener('abort', stop);
    if (gone.aborted) return;
    if (pause === undefined) throw new Error(`PostgreSQL cannot run (${how}). ${explain(ready, lastWords)}`);
    await sleep(pause, undefined, { signal: gone }).catch(() => undefined);
  }
}

function explain(served: boolean, lastWords: string): string {
  if (served) return 'Something on this machine ends it again and again: look for a lack of memory.';
  return reasonIn(lastWords, 'If its data is damaged, restore a backup of the data folder.');
}
