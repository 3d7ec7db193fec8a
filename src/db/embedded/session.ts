// A client's side: finds the keeper of a data folder or starts one, stays connected, and does it all again when the
// keeper is lost.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { receive } from './control.ts';
import type { Place } from './place.ts';

/** How long a keeper may take from its start until it can be reached; on a busy machine Node alone takes seconds. */
const REACH_MS = 30_000;
const POLL_MS = 20;
/** Between two starts of a keeper: one that is on its way out still holds the lock for a moment. */
const RESPAWN_MS = 250;
/** Before a keeper that gave up is started again: a disk that has room again is found out within seconds. */
const RETRY_MS = 3000;

interface Order {
  readonly place: Place;
  readonly settings: Readonly<Record<string, string>>;
  readonly onTrouble: (message: string) => void;
}

interface Session {
  /** The cluster was made by this start. */
  readonly fresh: boolean;
  leave(): Promise<void>;
}

/**
 * Resolves when PostgreSQL serves, and sees to it that it serves until the session is left. An idle session does not
 * keep the process alive.
 * @throws Error, with what to do, when PostgreSQL cannot be started.
 */
export async function attend(order: Order): Promise<Session> {
  const leaving = new AbortController();
  let link = await join(order, leaving.signal);
  const { fresh } = link;

  const watch = (): void => {
    link.socket.unref().once('close', () => {
      if (!leaving.signal.aborted) void recover();
    });
  };
  const recover = async (): Promise<void> => {
    let pause = link.failed() ? RETRY_MS : 0;
    if (pause === 0) order.onTrouble('The process that keeps PostgreSQL was lost and is started again.');
    while (!leaving.signal.aborted) {
      try {
        await sleep(pause, undefined, { ref: false, signal: leaving.signal });
        link = await join(order, leaving.signal);
        return watch();
      } catch (error) {
        if (!leaving.signal.aborted) order.onTrouble((error as Error).message);
        pause = RETRY_MS;
      }
    }
  };
  watch();
  return {
    fresh,
    async leave() {
      leaving.abort();
      await closed(link.socket);
    },
  };
}

interface Link {
  readonly socket: net.Socket;
  readonly fresh: boolean;
  /** The keeper said that it gives up. */
  readonly failed: () => boolean;
}

/** Reaches a keeper whose PostgreSQL serves. */
async function join(order: Order, signal: AbortSignal): Promise<Link> {
  const until = performance.now() + REACH_MS;
  const keeper = keeperOf(order);
  while (performance.now() < until) {
    signal.throwIfAborted();
    const socket = await dial(order.place.control);
    const link = socket && (await served(socket, order.onTrouble, signal));
    if (link) return link;
    // Nobody there, or it closed without an answer: a keeper on its way out.
    keeper.ensureRunning();
    await sleep(POLL_MS);
  }
  throw new Error(
    `The process that keeps the embedded PostgreSQL cannot be reached at ${order.place.control}. ` +
      `Its log: ${order.place.log}`,
  );
}

/** Resolves to undefined when nobody listens there. */
function dial(control: string): Promise<net.Socket | undefined> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(control);
    socket.once('connect', () => resolve(socket));
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined);
      else reject(error);
    });
  });
}

/** Waits, without a limit while the keeper lives, until PostgreSQL serves; undefined when the keeper went away. */
function served(
  socket: net.Socket,
  onTrouble: (message: string) => void,
  signal: AbortSignal,
): Promise<Link | undefined> {
  let failed = false;
  const leave = (): unknown => socket.destroy();
  if (signal.aborted) leave();
  signal.addEventListener('abort', leave);
  return new Promise((resolve, reject) => {
    let joined = false;
    receive(socket, (notice) => {
      if (notice.kind === 'ready') {
        joined = true;
        resolve({ socket, fresh: notice.fresh, failed: () => failed });
        return;
      }
      if (notice.kind === 'failed') {
        failed = true;
        leave();
      }
      if (failed && !joined) reject(new Error(notice.message));
      else onTrouble(notice.message);
    });
    socket.on('error', leave);
    socket.once('close', () => {
      signal.removeEventListener('abort', leave);
      resolve(undefined);
    });
  });
}

interface KeeperStarter {
  /** Starts a keeper unless the one started before still runs. @throws Error when it ended with a fault. */
  ensureRunning(): void;
}

function keeperOf({ place, settings }: Order): KeeperStarter {
  let running = false;
  let fault: string | undefined;
  let startedAt = -Infinity;
  const start = (): void => {
    running = true;
    startedAt = performance.now();
    const log = fs.openSync(place.log, 'a', 0o600);
    const args = [path.join(import.meta.dirname, 'keeper.ts'), place.dataDir, JSON.stringify(settings)];
    const child = spawn(process.execPath, args, {
      cwd: place.dataDir,
      // Nothing of ours is inherited: not the secrets, not PGOPTIONS or NODE_OPTIONS. TMPDIR decides where sockets lie.
      env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, TZ: 'UTC', LC_ALL: 'C' },
      // A session of its own: a terminal's Ctrl-C ends the server first, then, with its last client, the keeper.
      detached: true,
      stdio: ['ignore', 'ignore', log],
    });
    fs.closeSync(log);
    child.once('error', (error) => {
      running = false;
      fault = error.message;
    });
    child.once('exit', (code) => {
      running = false;
      if (code !== null && code !== 0) fault = `it ended with code ${code}`;
    });
    child.unref();
  };
  return {
    ensureRunning() {
      if (fault !== undefined) {
        throw new Error(
          `The process that keeps the embedded PostgreSQL failed: ${fault}. Its log: ${place.log}`,
        );
      }
      if (!running && performance.now() - startedAt > RESPAWN_MS) start();
    },
  };
}

function closed(socket: net.Socket): Promise<void> {
  return new Promise((resolve) => {
    if (socket.closed) resolve();
    else socket.once('close', () => resolve()).destroy();
  });
}
