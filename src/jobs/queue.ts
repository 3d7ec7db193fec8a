// Enqueues a job inside the caller's transaction: it runs if, and only if, the change that asked for it was committed.
import { sql } from 'drizzle-orm';
import type { Tx } from '../db/connection.ts';
import { executeNamed, writtenOnce } from '../db/named-statements.ts';
import type { JobName, Jobs } from './catalogue.ts';

/**
 * @param options.key a job waiting under the same key is replaced instead of doubled, unless a worker has taken it.
 * @param options.runAt not before this moment; without it at once.
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: Jobs[Name],
  options: { readonly key?: string; readonly runAt?: Date } = {},
): Promise<void> {
  // Without named queues: transactions that name two of them at one moment, the one in the other's order, deadlock.
  const { key = null, runAt } = options;
  const adding = writtenOnce(
    tx,
    'job',
    () => sql`select from graphile_worker.add_job(
      ${sql.placeholder('name')}, payload => ${sql.placeholder('payload')}::json,
      max_attempts => 8, job_key => ${sql.placeholder('key')},
      run_at => ${sql.placeholder('runAt')}::timestamptz)`,
  );
  await adding.execute({
    ...{ name, key, payload: JSON.stringify(payload) },
    runAt: runAt?.toISOString() ?? null,
  });
}

/** Enqueues many jobs of one kind as enqueue does, in one statement. */
export async function enqueueAll<Name extends JobName>(
  tx: Tx,
  name: Name,
  payloads: readonly Jobs[Name][],
): Promise<void> {
  if (payloads.length === 0) return;
  // One call: each call of add_job by itself takes longer the more were added before it in the transaction.
  const added = sql`select from graphile_worker.add_jobs(array(
    select row(${name}, payload, null, null, 8, null, null, null)::graphile_worker.job_spec
    from json_array_elements(${JSON.stringify(payloads)}::json) as payload))`;
  await executeNamed(tx, 'jobs', added);
}
