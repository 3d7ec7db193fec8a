// Graphile Worker, wired once: its tables, the running worker, and a drain for tests.
import { EventEmitter, once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Logger,
  parseCronItems,
  run,
  runMigrations,
  type Runner,
  runOnce,
  type TaskList,
  type WorkerEvents,
} from 'graphile-worker';
import type pg from 'pg';
import type { Database } from '../db/connection.ts';
import type { Clock } from '../lib/clock.ts';
import { withoutValues } from '../lib/log-errors.ts';
import { declareLiving, releaseAbandoned } from './abandoned.ts';
import type { JobHandlers, JobName, Jobs } from './catalogue.ts';
import { SCHEDULE } from './schedule.ts';

export interface JobLog {
  error(details: object, message: string): void;
  info(details: object, message: string): void;
}

/** Before workers that have ended are started again. */
const RELAUNCH_MS = 1_000;
/** How long the jobs of a killed process wait at most when it is not started again. */
const LOOK_FOR_ABANDONED_MS = 60_000;

/**
 * While many jobs come, they are taken, and their results written, together: one by one that costs the database more than
 * most jobs do. No more than are soon begun, since what is taken counts as tried.
 */
const BATCH_MS = 50;
const TAKEN_TOGETHER = {
  size: 8,
  refetchDelay: { durationMs: BATCH_MS, threshold: 8, maxAbortThreshold: Infinity },
};

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
      -- Servers that start at the same moment make the policies one after the other.
      perform pg_advisory_xact_lock(hashtextextended('job queue', 0));
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
  const stopping = new AbortController();
  const { signal } = stopping;
  const launch = () => launchWorkers(pool, tasks(db, handlers, clock, log), log);
  let workers = await launch();

  async function keepWorking(): Promise<void> {
    for (;;) {
      await workers.ended;
      if (signal.aborted) return;
      log.error({}, 'background jobs have stopped and are started again when the database can be reached');
      // Told, but not waited for: the library loses count of results that it could not write.
      workers.runner.stop().catch(() => undefined);
      let again: Workers | undefined;
      while (!again) {
        await sleep(RELAUNCH_MS, undefined, { signal }).catch(() => undefined);
        if (signal.aborted) return;
        again = await launch().catch(() => undefined);
      }
      workers = again;
      if (signal.aborted) await workers.runner.stop();
    }
  }
  const kept = keepWorking();
  return {
    async stop() {
      stopping.abort();
      await workers.runner.stop().catch(() => undefined);
      await kept;
    },
  };
}

interface Workers {
  readonly runner: Runner;
  /** Resolves when they take no more jobs: told to stop, or since a job's result could not be written. */
  readonly ended: Promise<unknown>;
}

/** The queue forgets what it is told of while it waits to take more (0.18.0): those jobs would wait for its next look, in 2 s. */
function takeWhatCameMeanwhile(events: WorkerEvents): void {
  let told = false;
  events.on('pool:listen:notification', () => {
    told = true;
  });
  events.on('localQueue:refetchDelay:expired', ({ localQueue }) => {
    if (told) localQueue.pulse(1);
    told = false;
  });
}

async function launchWorkers(pool: pg.Pool, taskList: TaskList, log: JobLog): Promise<Workers> {
  const logger = new Logger(() => (level, message) => {
    if (level === 'error') log.error({}, withoutValues(message));
  });
  const events: WorkerEvents = new EventEmitter();
  const lookForAbandoned = (own: string): void => {
    releaseAbandoned(pool, own).catch((error: unknown) => {
      log.error({ err: error }, 'could not look for abandoned jobs');
    });
  };
  const ended = once(events, 'pool:gracefulShutdown');
  takeWhatCameMeanwhile(events);
  events.on('pool:listen:success', ({ client, workerPool: { id } }) => {
    // Behind the queue's own first statement on this connection. If it breaks, the queue opens another.
    client.once('drain', () => {
      declareLiving(client, id).then(
        () => lookForAbandoned(id),
        () => undefined,
      );
    });
  });
  events.once('pool:create', ({ workerPool: { id } }) => {
    const looking = setInterval(() => lookForAbandoned(id), LOOK_FOR_ABANDONED_MS);
    void ended.then(() => clearInterval(looking));
  });
  const runner = await run({
    pgPool: pool,
    events,
    taskList,
    parsedCronItems: parseCronItems(
      SCHEDULE.map(({ job, cron }) => ({ task: job, match: cron, identifier: job })),
    ),
    noHandleSignals: true,
    logger,
    preset: {
      worker: {
        // Two more than the processor keeps busy: pages of others are mostly waited for.
        concurrentJobs: 4,
        localQueue: TAKEN_TOGETHER,
        // Without a batch, a result that cannot be written is a rejection that nobody handles, and ends the process.
        completeJobBatchDelay: BATCH_MS,
        failJobBatchDelay: BATCH_MS,
      },
    },
  });
  return { runner, ended };
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
    // Without a batch, results are written without anybody waiting for it: jobs that are done would still stand in the queue.
    preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
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
