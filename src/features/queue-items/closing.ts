// Closing what is open about a subject at once: a decision about it ends all work that waited for one.
import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { queueItems, type QueueItemKind, sources } from '../../db/schema/index.ts';
import type { ActionId, PostId, QueueItemId, TopicId } from '../../domain/ids.ts';
import { isAbout, type QueueSubject } from './subject.ts';

export interface Closing {
  /** Only items of this kind, or of these; without it, all. */
  readonly kind?: QueueItemKind | readonly QueueItemKind[];
  /** Null: what they were about is over without a decision. */
  readonly actionId: ActionId | null;
  readonly now: Date;
}

/** Closes the open items about these posts. The posts are locked by the caller. */
export async function closeQueueItemsAbout(
  tx: Tx,
  postIds: readonly PostId[],
  { kind, actionId, now }: Closing,
): Promise<void> {
  await tx
    .update(queueItems)
    .set(closed(actionId, now))
    .where(and(inArray(queueItems.postId, [...postIds]), isNull(queueItems.closedAt), ofKind(kind)));
}

/** Closes the open items about a source, a member, a topic or an appeal, which the caller has locked. */
export async function closeItemAbout(
  tx: Tx,
  subject: QueueSubject,
  { kind, actionId, now }: Closing,
): Promise<void> {
  await tx
    .update(queueItems)
    .set(closed(actionId, now))
    .where(and(isAbout(subject), isNull(queueItems.closedAt), ofKind(kind)));
}

/**
 * Closes what could be improved about a topic that is not there for others any more: its suggestions, and its links
 * whose publisher nobody has found. The topic is locked by the caller.
 */
export async function closeTopicItems(tx: Tx, topicId: TopicId, now: Date): Promise<void> {
  const ofTopic = tx.select({ id: sources.id }).from(sources).where(eq(sources.topicId, topicId));
  await tx
    .update(queueItems)
    .set(closed(null, now))
    .where(
      and(
        isNull(queueItems.closedAt),
        or(
          and(eq(queueItems.kind, 'suggestion'), eq(queueItems.topicId, topicId)),
          and(eq(queueItems.kind, 'link'), inArray(queueItems.sourceId, ofTopic)),
        ),
      ),
    );
}

/**
 * Opens the items of a kind again that a decision about these posts closed: it has been undone, and they wait as before.
 * @returns the posts that have one again
 */
export async function reopenItems(
  tx: Tx,
  postIds: readonly PostId[],
  { kind, closedBy }: { readonly kind: QueueItemKind; readonly closedBy: ActionId },
): Promise<PostId[]> {
  const opened = await tx
    .update(queueItems)
    .set({ closedAt: null, closedByActionId: null })
    .where(
      and(
        inArray(queueItems.postId, [...postIds]),
        eq(queueItems.kind, kind),
        eq(queueItems.closedByActionId, closedBy),
      ),
    )
    .returning({ postId: queueItems.postId });
  return opened.flatMap(({ postId }) => (postId === null ? [] : [postId]));
}

/** Closes one item, which the caller has locked. */
export async function closeItem(
  tx: Tx,
  id: QueueItemId,
  { actionId, now }: Pick<Closing, 'actionId' | 'now'>,
): Promise<void> {
  await tx.update(queueItems).set(closed(actionId, now)).where(eq(queueItems.id, id));
}

function closed(closedByActionId: ActionId | null, closedAt: Date) {
  return { closedAt, closedByActionId, claimedById: null, claimedUntil: null };
}

function ofKind(kind: Closing['kind']) {
  return kind === undefined ? undefined : inArray(queueItems.kind, [kind].flat());
}
