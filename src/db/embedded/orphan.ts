// What a killed keeper may leave behind: a postmaster that still runs (where the kernel does not end it with its
// keeper), or a postmaster.pid whose number means another process by now. PostgreSQL refuses to start beside either.
import fs from 'node:fs';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place.ts';
import { pidFile, readPidFile } from './postmaster.ts';

const POLL_MS = 20;
/** A postmaster opens its socket within moments of writing its pid, and closes it moments before it ends. */
const SILENCE_MS = 2000;
/** How long each signal is given: fast shutdown, immediate shutdown, the end. */
const STOP_MS = 20_000;

/**
 * Clears the way for a new postmaster; the caller holds the data folder's lock. A running one is ended rather than
 * taken over, so that there is one way of supervision only. A process is signalled only while PostgreSQL answers in our
 * private directory: a pid alone proves nothing, it may long belong to something else (always so in a new container).
 *
 * Removing the lock files is safe: since version 12 PostgreSQL looks for backends of an earlier run with or without
 * postmaster.pid, and refuses to start beside them.
 */
export async function clearTheWay(place: Place): Promise<void> {
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGQUIT', 'SIGKILL'];
  let answeredAt = performance.now();
  let signalledAt = -Infinity;
  for (;;) {
    const pid = readPidFile(place)?.pid;
    if (pid === undefined || !runs(pid)) break;
    const now = performance.now();
    if (await answers(place.postgres)) answeredAt = now;
    else if (now - answeredAt > SILENCE_MS) break;
    if (answeredAt === now && now - signalledAt > STOP_MS) {
      signal(pid, signals.shift() ?? 'SIGKILL');
      signalledAt = now;
    }
    await sleep(POLL_MS);
  }
  for (const file of [pidFile(place), `${place.postgres}.lock`]) fs.rmSync(file, { force: true });
}

/** A process that is dead but not yet collected (in a container, perhaps never) does not run. */
function runs(pid: number): boolean {
  if (!signal(pid, 0)) return false;
  try {
    return !fs.readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return true;
  }
}

/** Sends a signal (0: none, a question). A process of another account counts as none: PostgreSQL sees it so, too. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}

function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(socketPath);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
