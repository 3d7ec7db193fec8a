// The forum as a process of its own, started as `npm start` does.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../architecture/sources.ts';
import { ENVIRONMENT } from './starting.ts';

export interface ForumProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  readonly accounts: Record<string, string>;
  /** Ends it as Ctrl-C does; resolves with its exit code. */
  stop(): Promise<number | null>;
}

export interface StartOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly uid?: number;
  /** Any free one when none is given. */
  readonly port?: number;
}

/** Somebody else may take a free port between our finding it and the forum's listening on it. */
const PORTS_TRIED = 5;

/** @throws with what it printed, when it ends instead of opening. */
export async function startForum(dataDir: string, options: StartOptions = {}): Promise<ForumProcess> {
  if (options.port !== undefined) return startOn(options.port, dataDir, options);
  for (let tried = 1; ; tried += 1) {
    const port = await freePort();
    try {
      return await startOn(port, dataDir, options);
    } catch (error) {
      if (tried === PORTS_TRIED || !String(error).includes(`Port ${port} is in use`)) throw error;
    }
  }
}

/** What `npm start` gives to Node: how much room for garbage it has, and what is loaded first. No .env of whoever runs this. */
function startingArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  const [node, ...given] = scripts.start.split(' ');
  if (node !== 'node') throw new Error(`npm start does not begin with node: ${scripts.start}`);
  return given.filter((argument) => !argument.startsWith('--env-file'));
}

/** Its process alone, not waited for. */
export function spawnForum(port: number, dataDir: string, { env = {}, uid }: StartOptions = {}) {
  return spawn(process.execPath, startingArguments(), {
    cwd: ROOT,
    env: {
      ...ENVIRONMENT,
      DATA_DIR: dataDir,
      PORT: String(port),
      SITE_URL: `http://localhost:${port}`,
      LOG_LEVEL: 'warn',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid !== undefined && { uid, gid: uid }),
  });
}

async function startOn(port: number, dataDir: string, options: StartOptions): Promise<ForumProcess> {
  const url = `http://localhost:${port}`;
  const child = spawnForum(port, dataDir, options);
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      printed += chunk.toString();
      if (/ is open at |background jobs are done here/.test(printed)) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('close', (code) => {
      reject(new Error(`The forum ended with ${code}:\n${printed}`));
    });
  });
  return {
    url,
    child,
    output: () => printed,
    accounts: Object.fromEntries(
      [...printed.matchAll(/^ {2}(\S+) +(\S+) {2}\S+$/gm)].map((match) => [match[1], match[2]]),
    ) as Record<string, string>,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      child.kill('SIGTERM');
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
