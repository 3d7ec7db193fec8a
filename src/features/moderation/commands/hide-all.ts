// Hiding everything that a member posted, as a part of another action (a suspension), and lifting such hides again:
// exactly those. Topics are locked ascending, then posts, then members, as everywhere.
import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import { sqlState, type Tx } from '../../../db/connection.ts';
import { insertRows } from '../../../db/insert-rows.ts';
import { actions, hides, posts, topics } from '../../../db/schema/index.ts';
import type { ActionId, MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { Problem } from '../../../web/problem.ts';
import { lockConcerned, settleFlags } from '../../flags/index.ts';
import { addActionPosts } from '../../log/index.ts';
import { closeQueueItemsAbout, openQueueItem, reopenItems } from '../../queue-items/index.ts';
import { recordEvent, refreshHidden } from '../../threads/index.ts';

/** So many posts a statement, whatever a member has written. */
const BATCH = 500;
const LOCK_NOT_AVAILABLE = '55P03';

interface Place {
  readonly id: PostId;
  readonly topicId: TopicId;
  /** Null: it opens its topic. */
  readonly branchId: PostId | null;
}

/** Locks what a member has standing or awaiting approval, topics before posts: to be called before members are locked. */
export async function lockPostsOf(tx: Tx, memberId: MemberId): Promise<PostId[]> {
  return (await lockPlaces(tx, memberId, {})).map(({ id }) => id);
}

/**
 * Hides all posts and topics of a member that are visible or await approval, under an action that stands in the record;
 * the caller has locked them (lockPostsOf). What is open about them is closed, flags on them are upheld.
 * @returns how many it hid
 */
export async function hideAllOf(
  tx: Tx,
  {
    memberId,
    actionId,
    now,
  }: { readonly memberId: MemberId; readonly actionId: ActionId; readonly now: Date },
): Promise<number> {
  const places = await lockWithoutWaiting(tx, memberId);
  await lockConcerned(
    tx,
    places.map(({ id: postId }) => ({ postId })),
  );
  const actorId = await actorOf(tx, actionId);
  for (const batch of inBatches(places)) {
    const postIds = batch.map(({ id }) => id);
    await addActionPosts(tx, actionId, postIds);
    const rows = batch.map(({ id, topicId, branchId }) =>
      branchId === null ? { actionId, topicId, postId: null } : { actionId, topicId: null, postId: id },
    );
    await insertRows(tx, hides, rows);
    await refreshHidden(tx, { postIds }, now);
    await closeQueueItemsAbout(tx, postIds, { actionId, now });
    await settleFlags(
      tx,
      postIds.map((postId) => ({ postId })),
      'upheld',
    );
    for (const { id: postId, topicId, branchId } of batch) {
      const about = { actorId, topicId, data: { actionId }, at: now };
      await recordEvent(
        tx,
        branchId === null ? { kind: 'topic-hidden', ...about } : { kind: 'post-hidden', ...about, postId },
      );
    }
  }
  return places.length;
}

/** Locks what the hides of an action keep hidden: to be called before members are locked. */
export async function lockHiddenBy(tx: Tx, actionId: ActionId): Promise<void> {
  await lockHidden(tx, actionId);
}

/**
 * Lifts the hides of an action and no others: what another hide, the approval or its author keeps away stays away. What
 * awaits approval again is put before the moderators again.
 * @param byActionId the action that undoes it, in the record already
 */
export async function liftHides(
  tx: Tx,
  order: { readonly actionId: ActionId; readonly byActionId: ActionId; readonly now: Date },
): Promise<void> {
  const { actionId, byActionId, now } = order;
  const places = await lockHidden(tx, actionId);
  await tx
    .update(hides)
    .set({ liftedAt: now, liftedById: byActionId })
    .where(and(eq(hides.actionId, actionId), isNull(hides.liftedAt)));
  const actorId = await actorOf(tx, byActionId);
  for (const batch of inBatches(places)) {
    const postIds = batch.map(({ id }) => id);
    await addActionPosts(tx, byActionId, postIds);
    await refreshHidden(tx, { postIds }, now);
    for (const { id: postId, topicId, branchId } of batch) {
      const about = { actorId, topicId, data: { actionId: byActionId }, at: now };
      await recordEvent(
        tx,
        branchId === null
          ? { kind: 'topic-restored', ...about }
          : { kind: 'post-restored', ...about, postId },
      );
    }
    await callForApproval(tx, postIds, { actionId, now });
  }
}

/** What awaited approval before the hide awaits it again. */
async function callForApproval(
  tx: Tx,
  postIds: readonly PostId[],
  { actionId, now }: { readonly actionId: ActionId; readonly now: Date },
): Promise<void> {
  const held = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(inArray(posts.id, [...postIds]), eq(posts.state, 'held')))
    .orderBy(asc(posts.id));
  const heldIds = held.map(({ id }) => id);
  const reopened = await reopenItems(tx, heldIds, { kind: 'held', closedBy: actionId });
  for (const postId of heldIds.filter((id) => !reopened.includes(id)))
    await openQueueItem(tx, { kind: 'held', subject: { postId }, now });
}

/**
 * Once more, under the member's lock, which everybody takes who posts: what came in between is there now. Its topic may
 * be locked by somebody who waits for the member; waiting for them would be waiting for ever.
 */
async function lockWithoutWaiting(tx: Tx, memberId: MemberId): Promise<Place[]> {
  try {
    return await lockPlaces(tx, memberId, { noWait: true });
  } catch (error) {
    if (sqlState(error) !== LOCK_NOT_AVAILABLE) throw error;
    throw new Problem('conflict', 'They have posted something more at this very moment. Try again.');
  }
}

async function lockPlaces(tx: Tx, memberId: MemberId, wait: { readonly noWait?: true }): Promise<Place[]> {
  const standing = and(eq(posts.authorId, memberId), inArray(posts.state, ['visible', 'held']));
  await lockTopicsOf(tx, standing, wait);
  const { id, topicId, branchId } = posts;
  return tx
    .select({ id, topicId, branchId })
    .from(posts)
    .where(standing)
    .orderBy(asc(posts.id))
    .for('no key update', wait);
}

async function lockHidden(tx: Tx, actionId: ActionId): Promise<Place[]> {
  const isHidden = and(eq(hides.actionId, actionId), isNull(hides.liftedAt));
  const replies = tx.select({ id: hides.postId }).from(hides).where(isHidden);
  const openings = tx
    .select({ id: topics.openingPostId })
    .from(hides)
    .innerJoin(topics, eq(topics.id, hides.topicId))
    .where(isHidden);
  // As one set: of two conditions, PostgreSQL would read every post there is.
  const hidden = inArray(posts.id, replies.union(openings));
  await lockTopicsOf(tx, hidden, {});
  const { id, topicId, branchId } = posts;
  return tx
    .select({ id, topicId, branchId })
    .from(posts)
    .where(hidden)
    .orderBy(asc(posts.id))
    .for('no key update');
}

async function lockTopicsOf(
  tx: Tx,
  theirs: SQL | undefined,
  wait: { readonly noWait?: true },
): Promise<void> {
  await tx
    .select({ id: topics.id })
    .from(topics)
    .where(inArray(topics.id, tx.select({ id: posts.topicId }).from(posts).where(theirs)))
    .orderBy(asc(topics.id))
    .for('no key update', wait);
}

async function actorOf(tx: Tx, actionId: ActionId): Promise<MemberId | null> {
  const [action] = await tx.select({ id: actions.actorId }).from(actions).where(eq(actions.id, actionId));
  return action?.id ?? null;
}

/** By topic, so that each is counted anew as seldom as can be. */
function inBatches(places: readonly Place[]): Place[][] {
  const sorted = places.toSorted((a, b) => a.topicId - b.topicId || a.id - b.id);
  return Array.from({ length: Math.ceil(sorted.length / BATCH) }, (_, index) =>
    sorted.slice(index * BATCH, (index + 1) * BATCH),
  );
}
