// Background work about drafts.
import { lte } from 'drizzle-orm';
import { drafts } from '../../db/schema/index.ts';
import { DRAFTS } from '../../domain/drafts.ts';
import { DAY } from '../../domain/times.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';

/** Deletes drafts that nobody has come back to. */
export const sweepDrafts: JobHandler<'sweep-drafts'> = async (db, _payload, now) => {
  await db.delete(drafts).where(lte(drafts.savedAt, new Date(now.getTime() - DRAFTS.days * DAY)));
};
