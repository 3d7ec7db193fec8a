// Recurring work on what members leave behind.
import { lte } from 'drizzle-orm';
import { sessions } from '../../db/schema/index.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';

/** Deletes sessions that have expired; nothing reads them any more. */
export const sweepSessions: JobHandler<'sweep-sessions'> = async (db, _payload, now) => {
  await db.delete(sessions).where(lte(sessions.expiresAt, now));
};
