// Graphile Worker, wired once: its tables, the running worker, and a drain for tests.
import { Logger, parseCronItems, run, runMigrations, runOnce, type TaskList } from 'graphile-worker';
import type pg from 'pg';
import type { Database } from '../db/connection.ts';
import type { Clock } from '../lib/clock.ts';
import { withoutValues } from '../lib/log-errors.ts';
import type { JobHandlers, JobName, Jobs } from './catalogue.ts';
import { SCHEDULE } from './schedule.ts';

export interface JobLog {
  error(details: object, message: string): void;
  info(details: object, message: string): void;
}

const quiet = new Logger(() => () => undefined);

/**
 * Creates or updates the queue's tables.
 * @param pool of a role that may create schemas.
 * @param appRole when the application runs as another role: the queue's tables have row security, which would show it no row.
 */
export async function installQueue(pool: pg.Pool, appRole?: string): Promise<void> {
  await runMigrations({ pgPool: pool, logger: quiet });
  if (appRole === undefined) return;
  await pool.query(`do $$
    declare protected record;
    begin
      for protected in select c.relname from pg_class c
        where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
          and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'application')
      loop
        execute format('create policy application on graphile_worker.%I to ${appRole} using (true) with check (true)', protected.relname);
      end loop;
    end $$`);
}

export interface RunningJobs {
  /** Lets running jobs finish, then stops. */
  stop(): Promise<void>;
}

/** @param pool direct, never through a transaction pooler: the queue listens on it. */
export async function startJobs(
  pool: pg.Pool,
  db: Database,
  handlers: JobHandlers,
  clock: Clock,
  log: JobLog,
): Promise<RunningJobs> {
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') log.error({}, withoutValues(message));
  });
  const runner = await run({
    pgPool: pool,
    taskList: tasks(db, handlers, clock, log),
    parsedCronItems: parseCronItems(
      SCHEDULE.map(({ job, cron }) => ({ task: job, match: cron, identifier: job })),
    ),
    concurrency: 2,
    noHandleSignals: true,
    logger,
  });
  return { stop: () => runner.stop() };
}

/** Runs every job that is due, and those they enqueue, in this process; for tests. */
export async function drainJobs(
  pool: pg.Pool,
  db: Database,
  handlers: JobHandlers,
  clock: Clock,
  log: JobLog,
): Promise<void> {
  await runOnce({
    pgPool: pool,
    taskList: tasks(db, handlers, clock, log),
    noHandleSignals: true,
    logger: quiet,
  });
}

function tasks(db: Database, handlers: JobHandlers, clock: Clock, log: JobLog): TaskList {
  const names = Object.keys(handlers) as JobName[];
  return Object.fromEntries(
    names.map((name) => [
      name,
      async (payload: unknown) => {
        const handler = handlers[name] as (db: Database, payload: Jobs[JobName], now: Date) => Promise<void>;
        try {
          await handler(db, payload as Jobs[JobName], clock.now());
        } catch (error) {
          log.error({ err: error, job: name }, 'a job failed and will be tried again');
          throw error;
        }
      },
    ]),
  );
}
