// Hiding replies (one, or one with all below it) and topics, and refusing what awaits approval.
import { and, eq, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actionPosts, actions, hides, posts } from '../../../db/schema/index.ts';
import type { ActionId, PostId, TopicId } from '../../../domain/ids.ts';
import { mayDecideHeldPost, mayHidePost } from '../../../domain/policy/posts.ts';
import { mayHideTopic } from '../../../domain/policy/topics.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { closeQueueItemsAbout } from '../../queue-items/index.ts';
import { lockPostRow, lockTopicRow, recordEvent, refreshHidden } from '../../threads/index.ts';
import { lockConcerned, settleFlags } from '../../flags/index.ts';
import { recordAction, type Decision } from '../../log/index.ts';

/**
 * Hides a reply, with `withReplies` also all below it; of an opening post it hides the topic.
 * Each gets a hide of this action, hidden already or not: undoing this one then leaves what another hid.
 */
export async function hidePosts(
  tx: Tx,
  order: Decision & { readonly postId: PostId; readonly withReplies: boolean },
): Promise<ActionId> {
  const { by, postId, withReplies, now } = order;
  const post = await lockPostRow(tx, postId);
  if (post.isOpening) return hideTopic(tx, { ...order, topicId: post.topic.id });
  authorize(mayHidePost(by, post, now));
  const postIds = withReplies ? await lockBelow(tx, postId) : [postId];
  const actionId = await takeAway(tx, 'hide', order, { topicId: post.topic.id, postId, postIds });
  await recordEvent(tx, {
    kind: 'post-hidden',
    actorId: by.id,
    topicId: post.topic.id,
    postId,
    data: { actionId },
    at: now,
  });
  return actionId;
}

/** Hides a topic with all that stands in it. */
export async function hideTopic(tx: Tx, order: Decision & { readonly topicId: TopicId }): Promise<ActionId> {
  const { by, topicId, now } = order;
  const topic = await lockTopicRow(tx, topicId);
  authorize(mayHideTopic(by, topic, now));
  const actionId = await takeAway(tx, 'hide', order, { topicId, postIds: [topic.openingPostId] });
  await recordEvent(tx, {
    kind: 'topic-hidden',
    actorId: by.id,
    topicId,

    data: { actionId },
    at: now,
  });
  return actionId;
}

/** Undoes a restoration: hides again just what it brought back, as far as it still stands. */
export async function hideAgain(
  tx: Tx,
  order: Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId },
): Promise<ActionId> {
  const [restored] = await tx
    .select({ topicId: actions.topicId, postId: actions.postId })
    .from(actions)
    .where(and(eq(actions.id, order.actionId), eq(actions.kind, 'restore')));
  if (!restored) return notFound('There is no such decision.');
  const { topicId, postId } = restored;
  if (postId === null) return topicId === null ? notFound() : hideTopic(tx, { ...order, topicId });
  const { topic } = await lockPostRow(tx, postId);
  const { authorId, state } = posts;
  const branch = await tx
    .select({ id: posts.id, authorId, state })
    .from(posts)
    .innerJoin(actionPosts, and(eq(actionPosts.postId, posts.id), eq(actionPosts.actionId, order.actionId)))
    .where(and(eq(posts.topicId, topic.id), ne(posts.state, 'hidden')))
    .orderBy(posts.id)
    .for('no key update', { of: posts });
  if (branch.length === 0) throw new Problem('conflict', 'All of it is hidden again by now.');
  for (const post of branch) authorize(mayHidePost(order.by, post, order.now));
  const postIds = branch.map(({ id }) => id);
  const actionId = await takeAway(tx, 'hide', order, { topicId: topic.id, postId, postIds });
  const about = { actorId: order.by.id, topicId: topic.id, postId, at: order.now };
  await recordEvent(tx, { kind: 'post-hidden', ...about, data: { actionId } });
  return actionId;
}

/** Refuses a post that awaits approval: a hide before anybody else could read it. */
export async function refusePost(tx: Tx, order: Decision & { readonly postId: PostId }): Promise<ActionId> {
  const { by, postId, now } = order;
  const post = await lockPostRow(tx, postId);
  authorize(mayDecideHeldPost(by, post, now));
  const subject = post.isOpening ? {} : { postId };
  const actionId = await takeAway(tx, 'refuse', order, {
    topicId: post.topic.id,
    ...subject,
    postIds: [postId],
  });
  await recordEvent(tx, {
    kind: 'post-refused',
    actorId: by.id,
    topicId: post.topic.id,
    postId,
    data: { actionId },
    at: now,
  });
  return actionId;
}

interface Taken {
  readonly topicId: TopicId;
  /** The reply that the decision names; without one it names the topic. */
  readonly postId?: PostId;
  readonly postIds: readonly PostId[];
}

/** Action, hides and derived states; closes the work that waited for a decision about these posts; tells the authors. */
async function takeAway(
  tx: Tx,
  kind: 'hide' | 'refuse',
  decision: Decision,
  taken: Taken,
): Promise<ActionId> {
  const { by, reason, now, queueItemId } = decision;
  const item = queueItemId === undefined ? {} : { queueItemId };
  const actionId = await recordAction(tx, { kind, actorId: by.id, reason, at: now, ...taken, ...item });
  const { topicId, postId, postIds } = taken;
  const concerned = postIds.map((id) => ({ postId: id }));
  await lockConcerned(tx, concerned);
  if (postId === undefined) {
    await tx.insert(hides).values({ actionId, topicId });
    await refreshHidden(tx, { topicId }, now);
  } else {
    await tx.insert(hides).values(postIds.map((id) => ({ actionId, postId: id })));
    await refreshHidden(tx, { postIds }, now);
  }
  await closeQueueItemsAbout(tx, postIds, { actionId, now });
  await settleFlags(tx, concerned, 'upheld');
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

/** The reply and all below it, locked. Not those awaiting approval: a hide would show others that they exist. */
async function lockBelow(tx: Tx, postId: PostId): Promise<PostId[]> {
  const below = sql`(with recursive below as (
      select ${postId}::bigint as id
      union all select reply.id from ${posts} as reply join below on reply.parent_id = below.id
    ) select id from below)`;
  const rows = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(sql`${posts.id} in ${below}`, ne(posts.state, 'held')))
    .orderBy(posts.id)
    .for('no key update');
  return rows.map(({ id }) => id);
}
