// Enqueues a job inside the caller's transaction: it runs if, and only if, the change that asked for it was committed.
import { sql } from 'drizzle-orm';
import type { Tx } from '../db/connection.ts';
import type { JobName, Jobs } from './catalogue.ts';

/** Jobs of this process at a time. */
export const JOBS_AT_ONCE = 4;

/**
 * Jobs that are slow by nature go in lanes, in each of which one runs after the other: what waits for the servers of
 * others, or reads all that a member ever wrote, never keeps mails and notifications waiting.
 */
const LANES: Readonly<Partial<Record<JobName, { readonly lane: string; readonly width: number }>>> = {
  'read-page': { lane: 'outside', width: 2 },
  'check-canonical': { lane: 'outside', width: 2 },
  'read-picture': { lane: 'outside', width: 2 },
  'read-feed': { lane: 'outside', width: 2 },
  'export-data': { lane: 'copies', width: 1 },
};

/**
 * @param options.key a job waiting under the same key is replaced instead of doubled.
 * @param options.runAt not before this moment; without it at once.
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: Jobs[Name],
  options: { readonly key?: string; readonly runAt?: Date } = {},
): Promise<void> {
  const json = JSON.stringify(payload);
  const slow = LANES[name];
  const lane = slow ? sql`${slow.lane} || ' ' || abs(hashtext(${json}) % ${slow.width}::integer)` : sql`null`;
  await tx.execute(sql`select from graphile_worker.add_job(
    ${name}, payload => ${json}::json,
    max_attempts => 8, job_key => ${options.key ?? null},
    run_at => ${options.runAt?.toISOString() ?? null}::timestamptz, queue_name => ${lane})`);
}
