// Enqueues a job inside the caller's transaction: it runs if, and only if, the change that asked for it was committed.
import { sql } from 'drizzle-orm';
import type { Tx } from '../db/connection.ts';
import type { JobName, Jobs } from './catalogue.ts';

/**
 * @param options.key a job waiting under the same key is replaced instead of doubled.
 */
export async function enqueue<Name extends JobName>(
  tx: Tx,
  name: Name,
  payload: Jobs[Name],
  options: { readonly key?: string } = {},
): Promise<void> {
  await tx.execute(sql`select from graphile_worker.add_job(
    ${name}, payload => ${JSON.stringify(payload)}::json,
    max_attempts => 8, job_key => ${options.key ?? null})`);
}
