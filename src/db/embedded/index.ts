// The embedded PostgreSQL: `npm install` and one command give a database. For trying, developing and small forums;
// decision 003 tells how it is kept and what it is not for.
import { attend } from './session.ts';
import { openPlace, PORT } from './place.ts';

export interface EmbeddedDatabase {
  /** The role the forum works with: no superuser, owner of nothing. */
  readonly appUrl: string;
  /** The role that owns the database and runs migrations. */
  readonly ownerUrl: string;
  /** For tests: the superuser, in the maintenance database. */
  readonly superuserUrl: string;
  /** The cluster was made by this start; true for one client only, however many start at once. */
  readonly fresh: boolean;
  /** Lets go of the database; with its last client gone, PostgreSQL is stopped about a second later. */
  release(): Promise<void>;
}

export interface EmbeddedOptions {
  readonly dataDir: string;
  /** PostgreSQL settings by name. Those of the client that starts PostgreSQL hold for the others, too. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Told, in a sentence, when PostgreSQL is lost and whenever it cannot be had again. */
  readonly onTrouble?: (message: string) => void;
}

/**
 * Opens the PostgreSQL of a data folder: makes it, starts it or joins it, as needed. Until it is released it is started
 * again whenever it ends; the URLs stay the same, connections open at that moment are lost.
 * @throws Error, with what to do, when it cannot be had.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  if (process.platform === 'win32') {
    throw new Error(
      'The embedded PostgreSQL runs on Linux and macOS only. Set DATABASE_URL to a PostgreSQL server.',
    );
  }
  const place = openPlace(options.dataDir);
  const { settings = {}, onTrouble = () => undefined } = options;
  const session = await attend({ place, settings, onTrouble });
  const url = (role: string, database: string): string =>
    `postgresql://${role}@/${database}?host=${encodeURIComponent(place.sockets)}&port=${PORT}`;
  return {
    appUrl: url('tokenwire_app', 'tokenwire'),
    ownerUrl: url('tokenwire_owner', 'tokenwire'),
    superuserUrl: url('postgres', 'postgres'),
    fresh: session.fresh,
    release: () => session.leave(),
  };
}
