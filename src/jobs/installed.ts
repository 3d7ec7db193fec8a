// Whether the queue's tables are there, asked without loading the queue: at nearly every start they are.
import type pg from 'pg';

/** The newest migration of the graphile-worker that the lockfile names; a test compares. */
const NEWEST = 20;

/** @returns false also when they are of another version, older or newer: the queue itself knows what to do then. */
export async function isQueueInstalled(pool: pg.Pool): Promise<boolean> {
  const there = await pool.query<{ is: boolean }>(
    "select to_regclass('graphile_worker.migrations') is not null as is",
  );
  if (there.rows[0]?.is !== true) return false;
  const { rows } = await pool.query<{ newest: number | null }>(
    'select max(migrations.id) as newest from graphile_worker.migrations',
  );
  return rows[0]?.newest === NEWEST;
}
