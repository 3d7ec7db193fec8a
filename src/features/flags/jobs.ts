// Recurring work of moderation.
import { and, asc, isNull, isNotNull, lt } from 'drizzle-orm';
import { flags } from '../../db/schema/index.ts';
import { WINDOWS } from '../../domain/limits.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { callModerators } from './commands/flag-post.ts';
import { undecided } from './queries/flags.ts';
import { lockPostRow } from '../threads/index.ts';

/** Nobody's flag waits longer than a day for moderators' eyes, whatever it weighs. */
export const openOverdueFlags: JobHandler<'open-overdue-flags'> = async (db, _payload, now) => {
  const before = new Date(now.getTime() - WINDOWS.unansweredFlag);
  const overdue = await db
    .selectDistinct({ postId: flags.postId })
    .from(flags)
    .where(and(undecided(), isNull(flags.queueItemId), isNotNull(flags.postId), lt(flags.flaggedAt, before)))
    .orderBy(asc(flags.postId));
  for (const { postId } of overdue) {
    if (postId === null) continue;
    await db.transaction(async (tx) => {
      await lockPostRow(tx, postId);
      await callModerators(tx, postId, now);
    });
  }
};
