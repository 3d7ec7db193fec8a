// A PostgreSQL that nobody keeps: it runs and stops when a test says so, as somebody else's server would.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { ensureCluster } from '../../src/db/embedded/cluster.ts';
import { openPlace, PORT } from '../../src/db/embedded/place.ts';
import { type Postmaster, startPostmaster } from '../../src/db/embedded/postmaster.ts';
import { preparePrograms } from '../../src/db/embedded/programs.ts';
import { postmasterOf, removeFolder, temporaryFolder } from '../db/embedded/processes.ts';

export interface OwnDatabase {
  /** Of the role that owns the database. */
  readonly url: string;
  start(): Promise<void>;
  /** As `pg_ctl stop -m immediate`: nothing is finished, connections break. */
  stopAtOnce(): Promise<void>;
  /** Stops all its processes where they are: connections stay and nothing answers. */
  freeze(): void;
  thaw(): void;
  end(): Promise<void>;
}

export async function openOwnDatabase(): Promise<OwnDatabase> {
  const dataDir = temporaryFolder();
  const place = openPlace(dataDir);
  const log = (text: string): void => fs.appendFileSync(place.log, text);
  const programs = await preparePrograms(place);
  await ensureCluster(place, programs, {}, { log, signal: new AbortController().signal });
  let postmaster: Postmaster;

  async function start(): Promise<void> {
    postmaster = startPostmaster(place, programs, {}, log);
    if (!(await postmaster.ready)) throw new Error(`PostgreSQL did not start: ${await postmaster.drained}`);
  }
  async function stopAtOnce(): Promise<void> {
    const pid = postmasterOf(dataDir);
    if (pid !== undefined) process.kill(pid, 'SIGQUIT');
    await postmaster.drained;
  }
  function signalAll(signal: NodeJS.Signals): void {
    const pid = postmasterOf(dataDir);
    if (pid === undefined) throw new Error('PostgreSQL is not running.');
    for (const each of [pid, ...childrenOf(pid)]) process.kill(each, signal);
  }
  await start();
  return {
    url: `postgresql://tokenwire_owner@/tokenwire?host=${encodeURIComponent(place.sockets)}&port=${PORT}`,
    start,
    stopAtOnce,
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    async end() {
      await stopAtOnce();
      removeFolder(dataDir);
    },
  };
}

function childrenOf(pid: number): number[] {
  return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
}
