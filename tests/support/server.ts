// The PostgreSQL that tests run on: an embedded one of their own, or the server of DATABASE_URL (as a superuser).
import { join } from 'node:path';
import pg from 'pg';
import { openEmbedded } from '../../src/db/embedded/index.ts';

export interface TestServer {
  /** A superuser's address of the maintenance database. */
  readonly url: string;
  release(): Promise<void>;
}

/** Durability costs time and protects nothing here: the data is gone after the run. */
const SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

export async function openTestServer(): Promise<TestServer> {
  const given = process.env.DATABASE_URL;
  if (given) {
    const client = new pg.Client({ connectionString: given });
    await client.connect();
    const { rows } = await client.query<{ super: boolean }>(
      'select rolsuper as super from pg_roles where rolname = current_user',
    );
    await client.end();
    if (!rows[0]?.super)
      throw new Error(
        'DATABASE_URL: tests create databases and wipe them with foreign keys off, so they need a superuser.',
      );
    return { url: given, release: () => Promise.resolve() };
  }
  const dataDir = join(import.meta.dirname, '../../node_modules/.cache/tokenwire-tests');
  const server = await openEmbedded({ dataDir, settings: SETTINGS });
  return { url: server.superuserUrl, release: () => server.release() };
}

/** The same server, another database. */
export function databaseAt(url: string, name: string): string {
  const address = /^(postgres(?:ql)?:\/\/[^/]*)\/[^?]*(.*)$/.exec(url);
  if (!address) throw new Error('DATABASE_URL must look like postgresql://user@host/database');
  return `${address[1]}/${name}${address[2]}`;
}
