// One run of PostgreSQL's server process, from its start to the end of its last backend.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './log.ts';
import type { Place } from './place.ts';
import type { Programs } from './programs.ts';
import { serverOptions } from './settings.ts';

const POLL_MS = 10;
/** How long a fast shutdown (its last checkpoint, mostly) may take before PostgreSQL is told to drop everything. */
const STOP_MS = 20_000;
/** Enough of the log's end to hold the reason of a failed start. */
const LAST_WORDS = 4096;

export interface Postmaster {
  /** Resolves to true once it accepts connections, to false when it ended before. */
  readonly ready: Promise<boolean>;
  /** Resolves when the server process ends, to how it did ("code 1", "signal SIGKILL"). */
  readonly ended: Promise<string>;
  /** Resolves when its last backend has ended too, to what it logged last: only then can it be started again. */
  readonly drained: Promise<string>;
  /** Asks for a fast shutdown: open transactions are rolled back, all data written. */
  stop(): void;
}

export function startPostmaster(
  place: Place,
  programs: Programs,
  settings: Readonly<Record<string, string>>,
  log: Log,
): Postmaster {
  const { file, args } = programs.command('postgres', serverOptions(place, settings));
  const child = spawn(file, args, { cwd: place.cluster, stdio: ['ignore', 'ignore', 'pipe'] });
  let lastWords = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log(text);
    lastWords = (lastWords + text).slice(-LAST_WORDS);
  });

  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `code ${code ?? '?'}`));
  });
  // The backends hold the same pipe: it closes with the last of them.
  const drained = new Promise<string>((resolve) => child.once('close', () => resolve(lastWords)));
  return {
    ready: accepting(place, child.pid, ended),
    ended,
    drained,
    stop() {
      child.kill('SIGINT');
      const impatience = setTimeout(() => child.kill('SIGQUIT'), STOP_MS);
      void ended.then(() => clearTimeout(impatience));
    },
  };
}

/** Waits until postmaster.pid names this process and says "ready"; gives up when the process ends. */
async function accepting(place: Place, pid: number | undefined, ended: Promise<string>): Promise<boolean> {
  let running = true;
  void ended.then(() => (running = false));
  while (running) {
    const file = readPidFile(place);
    if (file?.pid === pid && file?.ready === true) return true;
    await sleep(POLL_MS);
  }
  return false;
}

/** What postmaster.pid says: process id in line 1, state in line 8 (src/include/utils/pidfile.h of PostgreSQL). */
export function readPidFile(place: Place): { pid: number; ready: boolean } | undefined {
  try {
    const lines = fs.readFileSync(pidFile(place), 'utf8').split('\n');
    const pid = Number(lines[0]);
    return Number.isSafeInteger(pid) && pid > 0 ? { pid, ready: lines[7]?.trim() === 'ready' } : undefined;
  } catch {
    return undefined;
  }
}

export const pidFile = (place: Place): string => path.join(place.cluster, 'postmaster.pid');
