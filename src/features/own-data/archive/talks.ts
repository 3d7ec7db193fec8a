// What a member and moderators said to each other inside queue items.
import { and, asc, eq, gt, sql } from 'drizzle-orm';
import { concernedByItem } from '../../../db/concerned.ts';
import type { Reader } from '../../../db/connection.ts';
import { queueItems, queueMessages } from '../../../db/schema/index.ts';
import type { MemberId, QueueMessageId } from '../../../domain/ids.ts';
import { inPages } from './rows.ts';

/** What was said to a member and what they answered; not what moderators said among themselves, nor who of them it was. */
export function talksOf(db: Reader, memberId: MemberId) {
  const { id, queueItemId, at, body, authorId } = queueMessages;
  return inPages(
    (after, limit) =>
      db
        .select({ id, queueItemId, at, body, own: sql<boolean>`coalesce(${eq(authorId, memberId)}, false)` })
        .from(queueMessages)
        .innerJoin(queueItems, eq(queueItems.id, queueItemId))
        .where(and(eq(concernedByItem(), memberId), queueMessages.toMember, gt(id, after as QueueMessageId)))
        .orderBy(asc(id))
        .limit(limit),
    (row) => row.id,
  );
}
