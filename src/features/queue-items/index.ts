// The moderators' work list as rows: whatever opens, changes or closes a queue item does it here, whoever decides that
// it is due. One item is open per subject and kind; the rules of claiming and deciding are features/queue's.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { queueItems, type QueueItemKind } from '../../db/schema/index.ts';
import type { ActionId, MemberId, PostId, QueueItemId, SourceId, TopicId } from '../../domain/ids.ts';

export { type ItemDecision, type LockedItem, lockItem } from './lock.ts';
export { releaseClaims } from './forget.ts';
export { closeItem, closeQueueItemsAbout, type Closing } from './closing.ts';

/** What an item is about: exactly one of these. */
export type QueueSubject =
  | { readonly postId: PostId }
  | { readonly memberId: MemberId }
  | { readonly sourceId: SourceId }
  | { readonly topicId: TopicId }
  | { readonly appealedActionId: ActionId };

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

function isAbout(subject: QueueSubject) {
  if ('postId' in subject) return eq(queueItems.postId, subject.postId);
  if ('memberId' in subject) return eq(queueItems.memberId, subject.memberId);
  if ('sourceId' in subject) return eq(queueItems.sourceId, subject.sourceId);
  if ('topicId' in subject) return eq(queueItems.topicId, subject.topicId);
  return eq(queueItems.appealedActionId, subject.appealedActionId);
}
