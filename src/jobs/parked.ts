// Jobs that were given up after their last try. They stay so that they can be taken up again; but their payloads may
// hold e-mail addresses, and these are not kept for good.
import { sql } from 'drizzle-orm';
import type { Database } from '../db/connection.ts';

/** Deletes jobs that were given up, and last tried before a moment. */
export async function dropParked(db: Database, before: Date): Promise<void> {
  await db.execute(sql`select from graphile_worker.complete_jobs(array(
    select id from graphile_worker.jobs
    where attempts >= max_attempts and locked_at is null and updated_at < ${before}))`);
}
