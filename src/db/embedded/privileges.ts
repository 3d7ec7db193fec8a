// PostgreSQL refuses to run as root, and its initdb refuses an account without a name. This file finds the command that
// stands before its programs so that they run here, and that ends them when the keeper dies (Linux).
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { ownerOf } from './place.ts';

export interface Account {
  readonly uid: number;
  readonly gid: number;
}

interface Launcher {
  /** What is written before the program; empty when nothing is needed. */
  readonly prefix: readonly string[];
  /** The account PostgreSQL's files must belong to, when it is not our own. */
  readonly account: Account | undefined;
}

const NOBODY: Account = { uid: 65534, gid: 65534 };

/** A user namespace in which we look like nobody to PostgreSQL, and stay ourselves to the file system. */
const MASK = ['unshare', '--user', `--map-user=${NOBODY.uid}`, `--map-group=${NOBODY.gid}`];

/** The kernel interrupts PostgreSQL (fast shutdown) when the keeper dies without a word. */
const DIE_WITH_KEEPER = ['setpriv', '--pdeathsig', 'INT'];

/**
 * How PostgreSQL's programs are started by this account for this cluster.
 * @throws Error, with what to do, when there is no way.
 */
export function chooseLauncher(cluster: string): Launcher {
  const bound = runs(DIE_WITH_KEEPER) ? DIE_WITH_KEEPER : [];
  const root = process.geteuid?.() === 0;
  if (!root && accountHasName()) return { prefix: bound, account: undefined };
  const owner = fs.lstatSync(cluster, { throwIfNoEntry: false });
  if (root && owner && owner.uid !== 0) return become(owner);
  if (runs([...MASK, ...bound])) return { prefix: [...MASK, ...bound], account: undefined };
  if (root) return become(NOBODY);
  throw new Error(
    `The account that runs the forum (uid ${process.geteuid?.() ?? '?'}) has no entry in /etc/passwd, and PostgreSQL ` +
      'needs one. Add it, run as another account, or set DATABASE_URL.',
  );
}

function become({ uid, gid }: Account): Launcher {
  const prefix = [
    'setpriv',
    `--reuid=${uid}`,
    `--regid=${gid}`,
    '--clear-groups',
    ...DIE_WITH_KEEPER.slice(1),
  ];
  if (runs(prefix)) return { prefix, account: { uid, gid } };
  throw new Error(
    'PostgreSQL does not run as root, and this system offers neither user namespaces nor setpriv to run it as another ' +
      'account. Run the forum as an ordinary account, or set DATABASE_URL.',
  );
}

function runs(prefix: readonly string[]): boolean {
  return succeeds([...prefix, 'true']);
}

function succeeds([file = '', ...args]: readonly string[]): boolean {
  return spawnSync(file, args, { stdio: 'ignore' }).status === 0;
}

function accountHasName(): boolean {
  try {
    os.userInfo();
    return true;
  } catch {
    return false;
  }
}

/** Gives files and folders, with all below, to the account. Links are changed themselves, never what they point to. */
export function handOver(account: Account, paths: readonly string[]): void {
  const present = paths.filter((file) => ownerOf(file) !== undefined);
  const owner = `${account.uid}:${account.gid}`;
  const { status, stderr } = spawnSync('chown', ['-hR', owner, '--', ...present], { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`PostgreSQL's files cannot be given to account ${owner}: ${stderr.trim()}`);
}

/** Whether PostgreSQL, run this way, can enter a folder. */
export function reaches(launcher: Launcher, folder: string): boolean {
  return succeeds([...launcher.prefix, 'test', '-x', folder]);
}
