// The lock that lets one keeper at a time own a data folder. Node has no flock(), but its SQLite takes a real lock of
// the operating system's: it is gone the moment its holder dies, so no stale lock has to be told from a live one.
import { DatabaseSync } from 'node:sqlite';

const SQLITE_BUSY = 5;

interface Lock {
  release(): void;
}

/**
 * Takes the lock without waiting. It is held until released or until the process dies, however it dies.
 * @returns undefined when another process holds it.
 */
export function takeLock(file: string): Lock | undefined {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    // A journal in memory: nothing is ever written, so the file stays empty and stands alone.
    database.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return { release: () => database.close() };
}
