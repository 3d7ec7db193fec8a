// Our own runner over drizzle-kit's files: drizzle's runs concurrently with itself and knows no lock timeout.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';

const MIGRATIONS = join(import.meta.dirname, '../../migrations');
/** Any constant will do, as long as all processes of all versions share it. */
const LOCK_KEY = 7_460_251;
const LOCK_TIMEOUT = '55P03';
const ATTEMPTS = 30;

export interface Migration {
  readonly name: string;
  readonly hash: string;
  readonly statements: readonly string[];
  /** Marked with a first line `-- no transaction`, for statements such as CREATE INDEX CONCURRENTLY. */
  readonly transactional: boolean;
}

interface Journal {
  readonly entries: readonly { readonly idx: number; readonly when: number; readonly tag: string }[];
}

/**
 * Reads the migrations in the journal's order.
 * @throws when the journal's entries are not in ascending order of time: two branches were merged without rebasing.
 */
export function readMigrations(folder: string = MIGRATIONS): Migration[] {
  const journal = JSON.parse(readFileSync(join(folder, 'meta/_journal.json'), 'utf8')) as Journal;
  for (const [index, entry] of journal.entries.entries()) {
    const before = journal.entries[index - 1];
    if (entry.idx !== index || (before && (before.when >= entry.when || before.tag >= entry.tag))) {
      throw new Error(
        `Migration ${entry.tag} is out of order in migrations/meta/_journal.json: generate it anew on top of the others.`,
      );
    }
  }
  return journal.entries.map(({ tag }) => {
    const text = readFileSync(join(folder, `${tag}.sql`), 'utf8');
    return {
      name: tag,
      hash: createHash('sha256').update(text).digest('hex'),
      statements: text
        .split('--> statement-breakpoint')
        .map((statement) => statement.trim())
        .filter(Boolean),
      transactional: !text.startsWith('-- no transaction'),
    };
  });
}

/**
 * Brings the database at `url` (direct, never through a transaction pooler; a role that may create tables) up to date.
 * Safe to run from many processes at once: one works, the others wait and find nothing to do.
 * @returns the names of the migrations it ran.
 * @throws when an applied migration was edited or removed, or the database is ahead of this program.
 */
export async function migrate(
  url: string,
  migrations: readonly Migration[] = readMigrations(),
): Promise<string[]> {
  const client = new pg.Client({ connectionString: url, application_name: 'tokenwire migrations' });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    await client.query(`create schema if not exists tokenwire_meta;
      create table if not exists tokenwire_meta.migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())`);
    const pending = pendingOf(migrations, await appliedOf(client));
    for (const migration of pending) await apply(client, migration);
    return pending.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

/** Whether every migration of this program is in the database; for /readyz. */
export async function isCurrent(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query<{ n: string }>('select count(*) as n from tokenwire_meta.migrations');
  return Number(rows[0]?.n) >= readMigrations().length;
}

interface AppliedMigration {
  readonly name: string;
  readonly hash: string;
}

async function appliedOf(client: pg.Client): Promise<AppliedMigration[]> {
  return (
    await client.query<AppliedMigration>('select name, hash from tokenwire_meta.migrations order by name')
  ).rows;
}

function pendingOf(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  for (const [index, done] of applied.entries()) {
    const ours = migrations[index];
    if (!ours)
      throw new Error(
        `The database has migration ${done.name}, which this version of the program does not know. Start the newer version.`,
      );
    if (ours.name !== done.name)
      throw new Error(
        `Migration ${ours.name} comes before ${done.name}, which has run already: generate it anew.`,
      );
    if (ours.hash !== done.hash)
      throw new Error(
        `Migration ${ours.name} was edited after it ran. Restore it, and write the change as a new one.`,
      );
  }
  return migrations.slice(applied.length);
}

/** A migration never waits long for a lock: behind it every reader would queue. It gives up, lets them pass, tries again. */
async function apply(client: pg.Client, migration: Migration): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await client.query("set lock_timeout = '1s'");
      if (migration.transactional) await client.query('begin');
      for (const statement of migration.statements) await client.query(statement);
      await client.query('insert into tokenwire_meta.migrations (name, hash) values ($1, $2)', [
        migration.name,
        migration.hash,
      ]);
      if (migration.transactional) await client.query('commit');
      return;
    } catch (error) {
      if (migration.transactional) await client.query('rollback');
      if (!(error instanceof pg.DatabaseError) || error.code !== LOCK_TIMEOUT || attempt === ATTEMPTS) {
        throw new Error(`Migration ${migration.name} failed: ${String(error)}`, { cause: error });
      }
      await pause(250 * attempt);
    }
  }
}
