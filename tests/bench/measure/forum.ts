// The real forum in a process of its own, in production mode, on generated data; what it and its database have used.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import pg from 'pg';
import { readConfig } from '../../../src/config.ts';
import { openDatabase } from '../../../src/database.ts';
import { PLANNER } from '../../../src/db/connection.ts';
import { ENVIRONMENT } from '../../processes/starting.ts';
import { startForum } from '../../processes/forum-process.ts';
import { memoryOf, parentOf, treeOf } from './processes.ts';
import type { LoopDelay, Statement } from './probe.ts';

/** Of the forums that are measured: no secret. */
export const SECRET = 'measuring only: 0123456789abcdef';

/** A generated forum's database, kept open while anything is measured. */
export interface Store {
  readonly dataDir: string;
  readonly url: string;
  /** For what measuring itself asks; as the owner. */
  readonly pool: pg.Pool;
  /** The process that all processes of the database belong to. */
  readonly postmaster: number;
  close(): Promise<void>;
}

export async function openStore(dataDir: string, say: (text: string) => void): Promise<Store> {
  const database = await openDatabase(readConfig({ DATA_DIR: dataDir }), say);
  // Plans as the forum's own connections have them.
  const pool = new pg.Pool({ connectionString: database.ownerUrl, max: 2, options: PLANNER });
  const { rows } = await pool.query<{ pid: number }>('select pg_backend_pid() as pid');
  return {
    dataDir,
    url: database.url,
    pool,
    postmaster: parentOf(rows[0]!.pid),
    async close() {
      await pool.end();
      await database.release();
    },
  };
}

export interface Forum {
  readonly url: string;
  readonly store: Store;
  /** The process that was started; it may have started others. */
  readonly pid: number;
  /** Of all its processes that answer the probe. */
  probes(): string[];
  /** The worst of its processes, since the last time this was asked. */
  loopDelay(): Promise<LoopDelay>;
  /** What a request sends to the database, in the order in which it was sent. */
  record(send: () => Promise<unknown>): Promise<readonly Statement[]>;
  /** Megabytes of each process that answers requests. */
  memory(): number[];
  stop(): Promise<unknown>;
}

/** What a request leaves to do after its answer is done by then. */
const AFTERMATH_MS = 250;

/** Starts the forum as production does, but for one setting: it says only what goes wrong. */
export async function openForum(store: Store, env: Readonly<Record<string, string>> = {}): Promise<Forum> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const probe = new URL('./probe.ts', import.meta.url).href;
  const forum = await startForum(store.dataDir, {
    env: { ...production(), ...probing(probe, folder), ...env },
  });
  const probes = () => readdirSync(folder).map((name) => join(folder, name));
  return {
    url: forum.url.replace('localhost', '127.0.0.1'),
    store,
    pid: forum.child.pid!,
    probes,
    async loopDelay() {
      const delays = await Promise.all(probes().map((socket) => ask<LoopDelay>(socket, '/delay')));
      return delays.reduce((worst, each) => (each.p99 > worst.p99 ? each : worst));
    },
    async record(send) {
      await Promise.all(probes().map((socket) => ask(socket, '/record')));
      await send();
      await new Promise((resolve) => setTimeout(resolve, AFTERMATH_MS));
      const recorded = await Promise.all(probes().map((socket) => ask<Statement[]>(socket, '/recorded')));
      return recorded.flat();
    },
    memory: () => {
      const own = new Set(treeOf(forum.child.pid!));
      return probes()
        .map((socket) => Number(/(\d+)\.sock$/.exec(socket)![1]))
        .filter((pid) => own.has(pid))
        .map(memoryOf);
    },
    async stop() {
      await forum.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Of a production server behind a proxy on the same machine, which says for whom it asks. */
export function production(): Record<string, string> {
  return {
    NODE_ENV: 'production',
    SECRET,
    TRUST_PROXY: '127.0.0.1',
    NODE_COMPILE_CACHE: ENVIRONMENT.NODE_COMPILE_CACHE,
  };
}

const probing = (probe: string, folder: string) => ({
  NODE_OPTIONS: `--import=${probe}`,
  BENCH_PROBES: folder,
});

function ask<Answer>(socketPath: string, path: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path }, (response) => {
      text(response).then((body) => {
        resolve(JSON.parse(body) as Answer);
      }, reject);
    })
      .on('error', reject)
      .end();
  });
}
