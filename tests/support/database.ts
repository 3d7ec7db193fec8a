// A database a worker, cloned from the template; wiped in one round trip before each test.
import pg from 'pg';
import { inject } from 'vitest';
import { sqlState } from '../../src/db/connection.ts';
import { databaseAt } from './server.ts';

/** Makes this worker's database anew and returns its address. */
export async function cloneDatabase(name: string): Promise<string> {
  const serverUrl = inject('serverUrl');
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name} template ${inject('template')}`);
  } finally {
    await client.end();
  }
  return databaseAt(serverUrl, name);
}

let statement: string | undefined;

/** Empties every table. Triggers are off for it, so the order of tables does not matter and nothing cascades. */
export async function wipe(pool: pg.Pool): Promise<void> {
  if (statement === undefined) {
    const { rows } = await pool.query<{ name: string }>(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
       where schemaname = 'public' or (schemaname = 'graphile_worker' and tablename in ('_private_jobs', '_private_job_queues'))`,
    );
    // Sent at once, these are one transaction, and leave none behind when they fail.
    statement = `set local session_replication_role = replica; ${rows.map(({ name }) => `delete from ${name};`).join(' ')}`;
  }
  await pool.query(statement).catch(async (error: unknown) => {
    if (sqlState(error) !== DEADLOCK) throw error;
    // What the request of an earlier test left to do after its answer held what was to be deleted: it is done now.
    await pool.query(statement!);
  });
}

const DEADLOCK = '40P01';
