// The moderators' work list as rows: whatever opens, changes or closes a queue item does it here, whoever decides that
// it is due. One item is open per subject and kind; the rules of claiming and deciding are features/queue's.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { queueItems, type QueueItemKind } from '../../db/schema/index.ts';
import type { MemberId, PostId, QueueItemId } from '../../domain/ids.ts';
import { isAbout, type QueueSubject } from './subject.ts';

export { type ItemDecision, type LockedItem, lockItem } from './lock.ts';
export type { QueueSubject } from './subject.ts';
export { releaseClaims } from './forget.ts';
export {
  closeItem,
  closeItemAbout,
  closeQueueItemsAbout,
  closeTopicItems,
  type Closing,
  reopenItems,
} from './closing.ts';

export interface NewQueueItem {
  readonly kind: QueueItemKind;
  readonly subject: QueueSubject;
  /** Of flagged subjects, see schema/moderation.ts; without it the item keeps the weight it has. */
  readonly weight?: number;
  readonly now: Date;
}

/** Opens an item, or raises the version of the one that is open for the same subject and kind. */
export async function openQueueItem(tx: Tx, item: NewQueueItem): Promise<QueueItemId> {
  const { kind, subject, weight, now } = item;
  const [opened] = await tx
    .insert(queueItems)
    .values({ kind, ...subject, openedAt: now, weight })
    .onConflictDoNothing()
    .returning({ id: queueItems.id });
  if (opened) return opened.id;
  const [raised] = await tx
    .update(queueItems)
    .set({ version: sql`${queueItems.version} + 1`, weight })
    .where(and(isAbout(subject), eq(queueItems.kind, kind), isNull(queueItems.closedAt)))
    .returning({ id: queueItems.id });
  // It was closed between the two statements: the next attempt finds none open.
  return raised ? raised.id : openQueueItem(tx, item);
}

/** Raises the version of the open items about these posts: what a moderator looks at has changed. */
export async function bumpQueueItems(tx: Tx, postIds: readonly PostId[]): Promise<void> {
  if (postIds.length === 0) return;
  await tx
    .update(queueItems)
    .set({ version: sql`${queueItems.version} + 1` })
    .where(and(inArray(queueItems.postId, [...postIds]), isNull(queueItems.closedAt)));
}

/** Raises the version of the open items about a subject. @param kind only of items of this kind */
export async function bumpItemsAbout(tx: Tx, subject: QueueSubject, kind?: QueueItemKind): Promise<void> {
  await tx
    .update(queueItems)
    .set({ version: sql`${queueItems.version} + 1` })
    .where(
      and(
        isAbout(subject),
        isNull(queueItems.closedAt),
        kind === undefined ? undefined : eq(queueItems.kind, kind),
      ),
    );
}

/** Raises the version of one item, which the caller has locked. */
export async function raiseItem(tx: Tx, id: QueueItemId): Promise<void> {
  await tx
    .update(queueItems)
    .set({ version: sql`${queueItems.version} + 1` })
    .where(eq(queueItems.id, id));
}

/** Notes who works on an item, and until when nobody else will. */
export async function claimQueueItem(
  tx: Tx,
  id: QueueItemId,
  memberId: MemberId,
  until: Date,
): Promise<void> {
  await tx
    .update(queueItems)
    .set({ claimedById: memberId, claimedUntil: until })
    .where(eq(queueItems.id, id));
}

export async function releaseQueueItem(tx: Tx, id: QueueItemId): Promise<void> {
  await tx.update(queueItems).set({ claimedById: null, claimedUntil: null }).where(eq(queueItems.id, id));
}
