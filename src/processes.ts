// Keeps the processes of one machine: so many for the web, one for background jobs. They share the port by node:cluster
// (decision 025); one that dies is started again.
import cluster from 'node:cluster';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Config } from './config.ts';
import { GRACE_MS, StartFault } from './start-faults.ts';

/** A process that has not ended by itself so long after its grace is ended, in milliseconds. */
const PATIENCE_MS = 500;
/** How long the last words of one that has ended are waited for. */
const LAST_WORDS_MS = 250;
/** Before one that died is started for the second, third … time in a row. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Having lived this long, what ended it is a new mishap, not the same again. */
const STEADY_MS = 60_000;

/** The only name that is not a web process's. */
export const JOBS = 'jobs';
/** What a process tells the one that keeps it. */
export type Report = { readonly announcement: string } | { readonly fault: string };
/** What it is told. No signal: terminals and supervisors send theirs to all processes at once, and one would come twice. */
export const END = 'end';

export interface Processes {
  /** For the person at the terminal. */
  readonly announcement: string;
  /** Lets each finish what has begun; takes GRACE_MS and a little at most. */
  stop(): Promise<void>;
}

/**
 * Starts them all.
 * @param say told, in a sentence, of each that died
 * @throws StartFault with what the first said that could not start; the others have ended then.
 */
export async function startProcesses(config: Config, say: (text: string) => void): Promise<Processes> {
  const stopping = new AbortController();
  const names = Array.from({ length: config.webProcesses }, (_, index) => `web ${index + 1}`);
  if (config.jobs) names.push(JOBS);
  const kept = names.map((name) => keep(name, stopping.signal, say));
  const stop = async (): Promise<void> => {
    stopping.abort();
    await Promise.all(kept.map(({ ended }) => ended));
  };
  try {
    const [announcement = ''] = await Promise.all(kept.map(({ open }) => open));
    return { announcement, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

interface Kept {
  /** What it announced when it opened. @throws StartFault when it died before that. */
  readonly open: Promise<string>;
  /** Resolves when it was told to end and has, or died before it opened. */
  readonly ended: Promise<void>;
}

function keep(name: string, stopping: AbortSignal, say: (text: string) => void): Kept {
  const opening = Promise.withResolvers<string>();
  let announced = false;
  const live = async (): Promise<void> => {
    for (let deaths = 0; !stopping.aborted; deaths += 1) {
      const startedAt = performance.now();
      const { how, fault } = await liveOnce(name, stopping, (announcement) => {
        announced = true;
        opening.resolve(announcement);
      });
      if (stopping.aborted) return;
      if (!announced) {
        opening.reject(new StartFault(fault ?? `The process "${name}" ended (${how}) before it was open.`));
        return;
      }
      if (performance.now() - startedAt > STEADY_MS) deaths = 0;
      const wait = deaths === 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (deaths - 1));
      const when = wait === 0 ? '' : ` in ${wait / 1_000} s`;
      say(
        `The process "${name}" ended (${how}) and is started again${when}.${fault ? ` It said: ${fault}` : ''}`,
      );
      await sleep(wait, undefined, { signal: stopping }).catch(() => undefined);
    }
  };
  return { open: opening.promise, ended: live() };
}

/** @returns how it ended: its code or signal, and what it said about it. */
async function liveOnce(
  name: string,
  stopping: AbortSignal,
  onOpen: (announcement: string) => void,
): Promise<{ readonly how: string; readonly fault?: string }> {
  cluster.setupPrimary({ exec: fileURLToPath(new URL('./child.ts', import.meta.url)), args: [name] });
  const worker = cluster.fork();
  let fault: string | undefined;
  let killing: NodeJS.Timeout | undefined;
  worker.on('message', (report: Report) => {
    if ('fault' in report) ({ fault } = report);
    else onOpen(report.announcement);
  });
  const end = (): void => {
    if (worker.isConnected()) worker.send(END, () => undefined);
    killing = setTimeout(() => worker.process.kill('SIGKILL'), GRACE_MS + PATIENCE_MS);
  };
  stopping.addEventListener('abort', end);
  const closed = once(worker, 'disconnect').catch(() => undefined);
  try {
    const [code, signal] = (await once(worker, 'exit')) as [number | null, string | null];
    // What it said last may come after its end. A channel with a connection in it that it did not live to take never closes.
    await Promise.race([closed, sleep(LAST_WORDS_MS)]);
    return { how: String(signal ?? `code ${code}`), ...(fault !== undefined && { fault }) };
  } catch (error) {
    return { how: (error as Error).message };
  } finally {
    clearTimeout(killing);
    stopping.removeEventListener('abort', end);
  }
}
