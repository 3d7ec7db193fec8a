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

/** Empties a database. */
export interface Wiper {
  wipe(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Makes what empties every table. Triggers are off for it, so the order of tables does not matter and nothing cascades.
 * It has a connection of its own: turning triggers off there leaves the plans of others' statements as they are, and those
 * of its own are made once.
 */
export async function openWiper(url: string): Promise<Wiper> {
  const client = new pg.Client({ connectionString: url, options: '-c session_replication_role=replica' });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
     where schemaname = 'public' or (schemaname = 'graphile_worker' and tablename in ('_private_jobs', '_private_job_queues'))`,
  );
  const statements = rows.map(({ name }) => `delete from ${name};`).join(' ');
  await client.query(
    `create function pg_temp.wipe() returns void language plpgsql as $$ begin ${statements} end $$`,
  );
  const wipe = async (tries: number): Promise<void> => {
    try {
      await client.query('select pg_temp.wipe()');
    } catch (error) {
      if (sqlState(error) !== DEADLOCK || tries === 1) throw error;
      // What requests of an earlier test left to do after their answers held what was to be deleted: one more is done now.
      await wipe(tries - 1);
    }
  };
  return { wipe: () => wipe(MOST_TRIES), close: () => client.end() };
}

const DEADLOCK = '40P01';
const MOST_TRIES = 5;
