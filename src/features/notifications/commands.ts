// The writes on notifications: telling members, and noting what they have read.
import { and, eq, inArray, isNull, lte } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { notifications } from '../../db/schema/index.ts';
import type {
  ActionId,
  MemberId,
  NotificationId,
  PostId,
  QueueMessageId,
  TopicId,
} from '../../domain/ids.ts';
import type { NoticeKind } from '../../domain/notices.ts';

export interface NewNotification {
  readonly memberId: MemberId;
  readonly kind: NoticeKind;
  readonly at: Date;
  /** Who wrote or did it; null: a former member, or the forum itself. */
  readonly actorId: MemberId | null;
  readonly topicId: TopicId | null;
  readonly postId: PostId | null;
  readonly actionId: ActionId | null;
  /** What was said to the member inside a queue item. */
  readonly messageId?: QueueMessageId;
}

/**
 * Tells members. Each is told of a post, an action or a message once, however often this runs.
 * @returns who had not been told before: whoever gets a mail besides gets it in the same transaction, and so once
 */
export async function notify(tx: Tx, told: readonly NewNotification[]): Promise<MemberId[]> {
  if (told.length === 0) return [];
  const rows = await tx
    .insert(notifications)
    .values([...told])
    .onConflictDoNothing()
    .returning({ memberId: notifications.memberId });
  return rows.map(({ memberId }) => memberId);
}

/** Notes one notification of the member, or all up to one of them, as read. */
export async function markRead(
  tx: Tx,
  memberId: MemberId,
  which: { readonly id: NotificationId } | { readonly upTo: NotificationId },
  now: Date,
): Promise<void> {
  const chosen = 'id' in which ? eq(notifications.id, which.id) : lte(notifications.id, which.upTo);
  await tx
    .update(notifications)
    .set({ readAt: now })
    .where(and(eq(notifications.memberId, memberId), isNull(notifications.readAt), chosen));
}

const BATCH = 1_000;

/** Takes the name of who wrote or did it off a batch of notifications to others. @returns off how many */
export async function forgetTeller(tx: Tx, memberId: MemberId): Promise<number> {
  const told = tx
    .select({ id: notifications.id })
    .from(notifications)
    .where(eq(notifications.actorId, memberId))
    .limit(BATCH);
  const { rowCount } = await tx
    .update(notifications)
    .set({ actorId: null })
    .where(inArray(notifications.id, told));
  return rowCount ?? 0;
}
