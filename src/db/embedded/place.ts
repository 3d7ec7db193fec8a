// Where a data folder keeps its parts, and the private directory of the sockets: inside it the database asks for no
// password, so whoever can enter it is trusted, and it must belong to this account alone.
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const PORT = 5432;

/** What a socket's path may measure, in bytes: 104 with the closing NUL on macOS (108 on Linux). */
const LONGEST_SOCKET_PATH = 103;

export interface Place {
  readonly dataDir: string;
  /** PostgreSQL's own data folder (PGDATA). */
  readonly cluster: string;
  readonly log: string;
  readonly lock: string;
  /** The private directory that holds both sockets: `run`, or a short one when that path is too long. */
  readonly sockets: string;
  /** PostgreSQL's socket. */
  readonly postgres: string;
  /** The keeper's socket. */
  readonly control: string;
}

/**
 * The parts of a data folder; makes the folder and its private directory when they are missing.
 * @throws Error, with what to do, when the folder cannot be written or belongs to somebody else.
 */
export function openPlace(dataDir: string): Place {
  const given = path.resolve(dataDir);
  try {
    fs.mkdirSync(given, { recursive: true });
    const root = fs.realpathSync(given);
    const run = path.join(root, 'run');
    const cluster = path.join(root, 'postgres');
    const sockets = fits(run) ? run : shortDirectory(root);
    makePrivate(run, cluster);
    makePrivate(sockets, cluster);
    const log = path.join(root, 'postgres.log');
    fs.closeSync(fs.openSync(log, 'a', 0o600));
    return {
      dataDir: root,
      cluster,
      log,
      lock: path.join(run, 'keeper.lock'),
      sockets,
      postgres: postgresSocket(sockets),
      control: path.join(sockets, 'keeper.sock'),
    };
  } catch (error) {
    throw explained(error, given);
  }
}

/** Removes the short directory; `run` stays, it holds the lock. */
export function closePlace(place: Place): void {
  if (path.dirname(place.lock) !== place.sockets) fs.rmSync(place.sockets, { recursive: true, force: true });
}

const postgresSocket = (directory: string): string => path.join(directory, `.s.PGSQL.${PORT}`);

const fits = (directory: string): boolean =>
  Buffer.byteLength(postgresSocket(directory)) <= LONGEST_SOCKET_PATH;

/** The same for every process that opens the same data folder. */
function shortDirectory(dataDir: string): string {
  const name = `tokenwire-${createHash('sha256').update(dataDir).digest('hex').slice(0, 16)}`;
  const inTemporary = path.join(os.tmpdir(), name);
  return fits(inTemporary) ? inTemporary : path.join('/tmp', name);
}

/**
 * Makes a directory that only this account can enter. An existing one is taken only if it is ours: in a shared folder
 * for temporary files anybody may have put a directory, or a link, with that name first.
 */
function makePrivate(directory: string, cluster: string): void {
  fs.mkdirSync(directory, { recursive: true, mode: 0o700 });
  const found = fs.lstatSync(directory);
  if (!found.isDirectory())
    throw new Error(`${directory} is in the way: a directory must be there. Remove it.`);
  if (found.uid !== process.geteuid?.() && !(process.geteuid?.() === 0 && found.uid === ownerOf(cluster))) {
    throw new Error(
      `${directory} belongs to another account (uid ${found.uid}). Run as that account, or choose another DATA_DIR.`,
    );
  }
  if ((found.mode & 0o777) !== 0o700) fs.chmodSync(directory, 0o700);
}

/** The account (uid) that owns a file or folder; undefined when it is not there. */
export function ownerOf(file: string): number | undefined {
  return fs.lstatSync(file, { throwIfNoEntry: false })?.uid;
}

function explained(error: unknown, dataDir: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Error(
      `The data folder ${dataDir} cannot be written (${message}). ` +
        'Give it to the account that runs the forum, or choose another DATA_DIR.',
      { cause: error },
    );
  }
  if (code === 'ENOSPC') {
    return new Error(`The disk of the data folder ${dataDir} is full. Free some space and start again.`, {
      cause: error,
    });
  }
  return error;
}
