// Jobs of processes that were killed. Graphile Worker leaves them locked for four hours; here they are free again as soon
// as somebody looks. Each pool of workers holds a lock under its name on the connection it listens on, and the database
// drops it with the connection: a name that nobody holds belongs to the dead.
import type pg from 'pg';

/** Any constant will do, as long as all processes of all versions share it. */
const LIVING = 7_460_252;

/** Says that these workers live, until `client` is closed. */
export async function declareLiving(client: pg.ClientBase, workers: string): Promise<void> {
  await client.query('select pg_advisory_lock_shared($1, hashtext($2))', [LIVING, workers]);
}

/**
 * Frees the jobs that dead workers have locked, so that others do them. Workers that lost the database for a moment count
 * as dead, too: jobs are harmless to repeat (jobs/catalogue.ts).
 * @param own the workers of this process, which live whatever became of their connection
 */
export async function releaseAbandoned(pool: pg.Pool, own: string): Promise<void> {
  await pool.query(
    `with workers as materialized (select distinct locked_by as name from graphile_worker.jobs where locked_by is not null)
      select graphile_worker.force_unlock_workers(array_agg(name)) from workers
      where name <> $2 and pg_try_advisory_xact_lock($1, hashtext(name))`,
    [LIVING, own],
  );
}
