// The forum's commands as processes of their own, as `npm run …` starts them.
import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../architecture/sources.ts';
import { keeperGone, removeFolder } from '../db/embedded/processes.ts';
import { ENVIRONMENT } from './starting.ts';

export type CommandName = 'import' | 'export' | 'doctor';

export interface CommandProcess {
  readonly child: ChildProcess;
  /** What it has printed so far, results and complaints. */
  output(): string;
  errors(): string;
  /** Resolves when something it printed matches; rejects when it ends before. */
  printed(pattern: RegExp): Promise<void>;
  readonly ended: Promise<Ended>;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
}

export interface CommandOptions {
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  readonly cwd?: string;
  /** Another program that starts it; it gets node's command line as its last argument. */
  readonly through?: readonly string[];
}

/** Starts src/‹name›.ts. */
export function startCommand(
  name: CommandName,
  args: readonly string[],
  { dataDir, env = {}, uid, cwd = ROOT, through }: CommandOptions,
): CommandProcess {
  const node = [
    process.execPath,
    '--import',
    `${ROOT}/src/quick-loading.js`,
    `${ROOT}/src/${name}.ts`,
    ...args,
  ];
  const [program, ...rest] = through ? [...through, node.join(' ')] : node;
  const child = spawn(program!, rest, {
    cwd,
    env: { ...ENVIRONMENT, DATA_DIR: dataDir, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, out, err }));
  });
  return {
    child,
    output: () => out,
    errors: () => err,
    async printed(pattern) {
      await new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(out + err)) resolve();
        };
        child.stdout.on('data', look);
        child.stderr.on('data', look);
        child.once('close', () => reject(new Error(`It ended without ${String(pattern)}:\n${out}${err}`)));
        look();
      });
    },
    ended,
  };
}

/** Runs src/‹name›.ts to its end. */
export function runCommand(
  name: CommandName,
  args: readonly string[],
  options: CommandOptions,
): Promise<Ended> {
  return startCommand(name, args, options).ended;
}

/** Removes a folder with data folders in it, once their databases have ended behind their last command. */
export async function removeWithData(folder: string): Promise<void> {
  for (const name of readdirSync(folder)) await keeperGone(join(folder, name));
  removeFolder(folder);
}
