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
  const wipe = async (): Promise<void> => {
    await client.query('select pg_temp.wipe()');
  };
  return {
    wipe: () =>
      wipe().catch(async (error: unknown) => {
        if (sqlState(error) !== DEADLOCK) throw error;
        // What the request of an earlier test left to do after its answer held what was to be deleted: it is done now.
        await wipe();
      }),
    close: () => client.end(),
  };
}

const DEADLOCK = '40P01';
