// The database of the processes that are started: the one that DATABASE_URL names, or the embedded one.
import type { Config } from './config.ts';
import { openPool } from './db/connection.ts';
import { migrate } from './db/migrate.ts';
import { isQueueInstalled } from './jobs/installed.ts';
import { stackOf, withoutValues } from './lib/log-errors.ts';

export interface DatabaseAddresses {
  /** As the configuration gives it: perhaps through a pooler. */
  readonly url: string;
  /** Past any pooler, with the rights of the application. */
  readonly directUrl: string;
  /** Past any pooler, with the right to create tables. */
  readonly ownerUrl: string;
  /** The application's role, where it is another than the owner. */
  readonly appRole?: string;
  release(): Promise<void>;
}

/** Finds the database, and starts the embedded one when it is that. `say` is told what happens to it. */
export async function openDatabase(config: Config, say: (text: string) => void): Promise<DatabaseAddresses> {
  const { databaseUrl, databaseDirectUrl } = config;
  if (databaseUrl) {
    const directUrl = databaseDirectUrl ?? databaseUrl;
    return { url: databaseUrl, directUrl, ownerUrl: directUrl, release: () => Promise.resolve() };
  }
  const { openEmbedded } = await import('./db/embedded/index.ts');
  const embedded = await openEmbedded({ dataDir: config.dataDir, onTrouble: say });
  return {
    url: embedded.appUrl,
    directUrl: embedded.appUrl,
    ownerUrl: embedded.ownerUrl,
    appRole: 'tokenwire_app',
    release: () => embedded.release(),
  };
}

/** Brings the tables of the forum and of its job queue up to date. */
export async function prepareDatabase(
  { ownerUrl, appRole }: DatabaseAddresses,
  say: (text: string) => void,
): Promise<void> {
  const ran = await migrate(ownerUrl);
  if (ran.length > 0) say(`Migrated the database: ${ran.join(', ')}`);
  const pool = openPool(ownerUrl, { max: 1, onTrouble: troubleOf(say) });
  try {
    if (appRole === undefined && (await isQueueInstalled(pool))) return;
    const { installQueue } = await import('./jobs/runner.ts');
    await installQueue(pool, appRole);
  } finally {
    await pool.end();
  }
}

/** What a pool does with a connection that broke: the next query takes a new one. */
export const troubleOf =
  (say: (text: string) => void) =>
  (error: Error): void => {
    say(`A database connection broke: ${error.message}`);
  };

/**
 * Why a command broke off, for the person at its terminal: a sentence for what the database or the file system says, the
 * stack for anything else. Never the values of a statement: they are other people's texts and addresses.
 */
export function causeOf(error: unknown): string {
  let root = error;
  while (root instanceof Error && root.cause instanceof Error) root = root.cause;
  if (!(root instanceof Error)) return withoutValues(String(root));
  const { code } = root as NodeJS.ErrnoException;
  // Said by the driver, of a connection that is gone: its frames explain nothing.
  if (/^(Connection terminated|The connection to the database)/.test(root.message)) return root.message;
  return code === undefined ? stackOf(root) : withoutValues(root.message);
}
