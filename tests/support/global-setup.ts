// Once a run: a template database with all migrations in it, named by their hash, so that it is made once per change.
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openPool } from '../../src/db/connection.ts';
import { migrate, readMigrations } from '../../src/db/migrate.ts';
import { installQueue } from '../../src/jobs/runner.ts';
import { watchPageChanges } from './page-change-watch.ts';
import { databaseAt, openTestServer } from './server.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    serverUrl: string;
    template: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openTestServer();
  const hash = createHash('sha256')
    .update(
      readMigrations()
        .map((migration) => migration.hash)
        .join(),
    )
    .update(String(watchPageChanges))
    .digest('hex');
  const template = `tokenwire_template_${hash.slice(0, 12)}`;
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1 and datistemplate', [
      template,
    ]);
    if (rowCount === 0) {
      await client.query(`drop database if exists ${template}`);
      await client.query(`create database ${template}`);
      const url = databaseAt(server.url, template);
      await migrate(url);
      const pool = openPool(url, { max: 1, onTrouble: () => undefined });
      await installQueue(pool);
      await watchPageChanges(pool);
      await pool.end();
      // Marked only now: a run that died half-way leaves one that the next run makes again.
      await client.query(`alter database ${template} is_template true`);
    }
  } finally {
    await client.end();
  }
  project.provide('serverUrl', server.url);
  project.provide('template', template);
  return () => server.release();
}
