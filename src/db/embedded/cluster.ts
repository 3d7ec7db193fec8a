// Makes the cluster (PostgreSQL's data folder) with our roles, extensions and database in it. All of it happens in a
// folder beside, and one rename makes it the cluster: whatever is cut off in the middle is done again from the start.
import fs from 'node:fs';
import path from 'node:path';
import type { Log } from './log.ts';
import type { Place } from './place.ts';
import { handOver } from './privileges.ts';
import { execute } from './programs.ts';
import type { Programs } from './programs.ts';
import { reasonIn } from './reason.ts';
import { asOptions } from './settings.ts';

/**
 * What decides which characters are letters. It must know Unicode, or trigram search drops every letter outside ASCII;
 * the first of these that the system has is taken. Sorting and case follow the built-in C.UTF-8 everywhere.
 */
const CHARACTER_TYPES = ['C.UTF-8', 'en_US.UTF-8'];

/**
 * One statement a line, as the superuser, in template1: databases made later (tests make some) have the same rights.
 * The app's role owns nothing; what the owner makes, in whatever schema, it may use but not change.
 */
const SETUP = [
  'CREATE ROLE tokenwire_owner LOGIN',
  'CREATE ROLE tokenwire_app LOGIN',
  'CREATE EXTENSION pg_trgm',
  'CREATE EXTENSION unaccent',
  ...[
    'USAGE ON SCHEMAS',
    'SELECT, INSERT, UPDATE, DELETE ON TABLES',
    'USAGE ON SEQUENCES',
    'EXECUTE ON FUNCTIONS',
  ].map((right) => `ALTER DEFAULT PRIVILEGES FOR ROLE tokenwire_owner GRANT ${right} TO tokenwire_app`),
  'GRANT USAGE ON SCHEMA public TO tokenwire_app',
  'CREATE DATABASE tokenwire OWNER tokenwire_owner',
  'REVOKE ALL ON DATABASE tokenwire FROM PUBLIC',
  'GRANT CONNECT ON DATABASE tokenwire TO tokenwire_app',
];

/**
 * Makes the cluster unless it is there. The caller holds the data folder's lock.
 * @returns whether it was made now.
 */
export async function ensureCluster(
  place: Place,
  programs: Programs,
  settings: Readonly<Record<string, string>>,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<boolean> {
  removeUnfinished(place);
  if (fs.existsSync(place.cluster) && fs.readdirSync(place.cluster).length > 0) return false;
  // A name of its own: an initdb whose keeper was killed may still be writing to the one before.
  const folder = fs.mkdtempSync(unfinished(place));
  try {
    if (programs.account) handOver(programs.account, [folder]);
    await initialize(folder, programs, settings, { log, signal });
    const single = ['--single', '-D', folder, '-c', 'exit_on_error=on', ...asOptions(settings), 'template1'];
    await execute(programs, 'postgres', single, { input: `${SETUP.join('\n')}\n`, signal });
    fs.renameSync(folder, place.cluster);
  } catch (error) {
    removeUnfinished(place);
    const { message } = error as Error;
    log(`${message}\n`);
    throw new Error(
      `PostgreSQL's data folder cannot be made. ${reasonIn(message, 'Start again, or set DATABASE_URL.')}`,
      { cause: error },
    );
  }
  synchronize(place.dataDir);
  return true;
}

const unfinished = (place: Place): string => `${place.cluster}.unfinished-`;

async function initialize(
  folder: string,
  programs: Programs,
  settings: Readonly<Record<string, string>>,
  { log, signal }: { log: Log; signal: AbortSignal },
): Promise<void> {
  const options = [
    '-D',
    folder,
    '-U',
    'postgres',
    '--auth-local=trust',
    '--auth-host=reject',
    '--encoding=UTF8',
  ];
  options.push('--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions');
  if (settings.fsync === 'off') options.push('--no-sync');
  for (const type of CHARACTER_TYPES) {
    try {
      return await execute(programs, 'initdb', [...options, `--lc-ctype=${type}`], { signal });
    } catch (error) {
      if (!(error as Error).message.includes('invalid locale name')) throw error;
    }
  }
  log(
    `keeper: no locale of ${CHARACTER_TYPES.join(', ')} here: similarity search will see ASCII letters only\n`,
  );
  await execute(programs, 'initdb', options, { signal });
}

/** Removes what an interrupted attempt left; what cannot be removed only takes room. */
function removeUnfinished(place: Place): void {
  for (const name of fs.readdirSync(place.dataDir)) {
    const folder = path.join(place.dataDir, name);
    if (!folder.startsWith(unfinished(place))) continue;
    try {
      fs.rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // Still being written to; the next start removes it.
    }
  }
}

/** Makes the rename itself survive a power cut. */
function synchronize(folder: string): void {
  const handle = fs.openSync(folder, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
