// Real data folders and real processes for the tests of the embedded PostgreSQL, and what is seen of them from outside.
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import pg from 'pg';
import { vi } from 'vitest';
import { openEmbedded } from '../../../src/db/embedded/index.ts';
import type { EmbeddedDatabase, EmbeddedOptions } from '../../../src/db/embedded/index.ts';
import { takeLock } from '../../../src/db/embedded/lock.ts';
import { fast } from './settings.ts';

/** How long a state may take to come about on a busy machine before a test fails. */
export const patience = { timeout: 20_000, interval: 20 };

const leavers: (() => Promise<void>)[] = [];

/** Ends every client a test started, whatever became of the test. */
export async function leaveAll(): Promise<void> {
  await Promise.all(leavers.splice(0).map((leave) => leave()));
}

/** Opens the database in this process. */
export async function open(
  dataDir: string,
  options: Omit<EmbeddedOptions, 'dataDir' | 'settings'> = {},
): Promise<EmbeddedDatabase> {
  const opening = openEmbedded({ dataDir, settings: fast, ...options });
  leavers.push(() => opening.then((database) => database.release()).catch(() => undefined));
  return opening;
}

interface Opener {
  readonly process: ChildProcess;
  readonly database: Promise<Omit<EmbeddedDatabase, 'release'>>;
  /** Releases the database; resolves when the process has ended by itself. */
  leave(): Promise<void>;
}

/** Opens the database in another process, as another account when `uid` is given (needs root). */
export function startOpener(
  dataDir: string,
  { uid, searchPath }: { uid?: number | undefined; searchPath?: string } = {},
): Opener {
  const child = spawn(process.execPath, [path.join(import.meta.dirname, 'opener.ts'), dataDir], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, PATH: searchPath ?? process.env.PATH, NODE_OPTIONS: '' },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  const ended = once(child, 'exit');
  let complaint = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
  const answer = async (): Promise<Omit<EmbeddedDatabase, 'release'>> => {
    for await (const line of createInterface({ input: child.stdout })) {
      return JSON.parse(line) as Omit<EmbeddedDatabase, 'release'>;
    }
    throw new Error(complaint);
  };
  const leave = async (): Promise<void> => {
    child.stdin.end();
    await ended;
  };
  leavers.push(leave);
  return { process: child, database: answer(), leave };
}

/** A folder for temporary data that every account can reach. */
export function temporaryFolder(): string {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'embedded-test-'));
  fs.chmodSync(folder, 0o755);
  return folder;
}

export function removeFolder(folder: string): void {
  fs.rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** A search path on which a command is found first that always fails, as if the system did not have it. */
export function pathWithout(command: string, folder: string): string {
  fs.writeFileSync(path.join(folder, command), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  return `${folder}${path.delimiter}${process.env.PATH ?? ''}`;
}

/** Ends every client, then the keeper without its usual grace. */
export async function endAll(dataDir: string): Promise<void> {
  await leaveAll();
  const postmaster = postmasterOf(dataDir);
  if (postmaster !== undefined) process.kill(keeperAbove(postmaster), 'SIGTERM');
  await keeperGone(dataDir);
}

/** Resolves when no keeper owns the data folder any more. */
export async function keeperGone(dataDir: string): Promise<void> {
  const file = path.join(dataDir, 'run', 'keeper.lock');
  await vi.waitFor(() => {
    if (!fs.existsSync(file)) return;
    const lock = takeLock(file);
    if (!lock) throw new Error('a keeper still owns the data folder');
    lock.release();
  }, patience);
}

/** The process id in the postmaster.pid of a cluster; undefined when PostgreSQL does not run. */
export function postmasterOf(dataDir: string, cluster = 'postgres'): number | undefined {
  const file = path.join(dataDir, cluster, 'postmaster.pid');
  if (!fs.existsSync(file)) return undefined;
  // A PostgreSQL that runs for itself alone, as for initdb, writes its number negative.
  return Math.abs(Number(fs.readFileSync(file, 'utf8').split('\n')[0]));
}

/** The keeper that a process of PostgreSQL's descends from. */
export function keeperAbove(pid: number): number {
  const { parent, command } = look(pid);
  return command.includes('keeper.ts') ? pid : keeperAbove(parent);
}

function look(pid: number): { parent: number; command: string } {
  if (process.platform !== 'linux') {
    const line = execFileSync('ps', ['-o', 'ppid=,args=', '-p', String(pid)], { encoding: 'utf8' }).trim();
    return { parent: parseInt(line), command: line };
  }
  // "pid (name) state parent …": the name may hold anything, the last parenthesis ends it.
  const fields = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1);
  return { parent: Number(fields?.split(' ')[1]), command: fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8') };
}

/** Runs one query on a connection of its own. */
export async function query(connectionString: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString });
  // PostgreSQL may be killed meanwhile: the query's own rejection tells that.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}
