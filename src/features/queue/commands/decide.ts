// Deciding a queue item: once, by one moderator, about what that moderator saw.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { queueItems } from '../../../db/schema/index.ts';
import type { DecisionName } from '../../../domain/decisions.ts';
import type { ActionId, PostId, QueueItemId } from '../../../domain/ids.ts';
import { mayDecide } from '../../../domain/policy/moderation.ts';
import { mayDecideFlaggedPost, mayDecideHeldPost } from '../../../domain/policy/posts.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { closeQueueItemsAbout, type ItemDecision, lockItem } from '../../queue-items/index.ts';
import { lockConcerned, settleFlags } from '../../flags/index.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { hidePosts, lockTopic, refusePost } from '../../moderation/index.ts';
import { approvePosts, lockPostRow, type PostSubject, recordEvent } from '../../threads/index.ts';

/** What can be decided about an item of each kind that this forum's queue holds. */
const OFFERED: Readonly<Record<string, readonly DecisionName[]>> = {
  flagged: ['keep', 'hide', 'hide-branch', 'lock'],
  held: ['approve', 'refuse'],
};

/** @throws Problem conflict when it is decided, claimed by another, or not what `seenVersion` was. */
export async function decideItem(tx: Tx, order: ItemDecision): Promise<ActionId> {
  const { by, itemId, decision, seenVersion, now } = order;
  const postId = await findSubject(tx, itemId);
  const post = await lockPostRow(tx, postId);
  const item = await lockItem(tx, itemId);
  authorize(mayDecide(by, item, seenVersion, now));
  authorize((item.kind === 'held' ? mayDecideHeldPost : mayDecideFlaggedPost)(by, post, now));
  if (!OFFERED[item.kind]?.includes(decision)) throw new Problem('invalid');
  const taken = { ...order, queueItemId: itemId, postId };
  switch (decision) {
    case 'keep':
      return keepPost(tx, post, taken);
    case 'approve':
      return approvePost(tx, post, taken);
    case 'refuse':
      return refusePost(tx, taken);
    case 'hide':
    case 'hide-branch':
      return hidePosts(tx, { ...taken, withReplies: decision === 'hide-branch' });
    case 'lock': {
      const actionId = await lockTopic(tx, { ...taken, topicId: post.topic.id });
      await closeFlagged(tx, post.id, actionId, now);
      await lockConcerned(tx, [{ postId: post.id }]);
      await settleFlags(tx, [{ postId: post.id }], 'upheld');
      return actionId;
    }
    default:
      throw new Problem('invalid');
  }
}

/** The post an item is about: it never changes, so that it can be read before anything is locked. */
async function findSubject(tx: Tx, itemId: QueueItemId): Promise<PostId> {
  const [item] = await tx
    .select({ postId: queueItems.postId })
    .from(queueItems)
    .where(eq(queueItems.id, itemId));
  return item?.postId ?? notFound('There is no such piece of work.');
}

/** Leaves a flagged post as it is: its flags were wrong and weigh no more. */
async function keepPost(tx: Tx, post: PostSubject, order: Decision): Promise<ActionId> {
  const { by, reason, now } = order;
  const actionId = await recordAction(tx, {
    kind: 'keep',
    actorId: by.id,
    reason,
    at: now,
    ...subjectOf(post, order),
  });
  await closeFlagged(tx, post.id, actionId, now);
  await lockConcerned(tx, [{ postId: post.id }]);
  await settleFlags(tx, [{ postId: post.id }], 'rejected');
  return actionId;
}

/** Lets a held post be seen by everybody, from now on. */
async function approvePost(tx: Tx, post: PostSubject, order: Decision): Promise<ActionId> {
  const { by, reason, now } = order;
  const subject = { ...subjectOf(post, order), postIds: [post.id] };
  const actionId = await recordAction(tx, { kind: 'approve', actorId: by.id, reason, at: now, ...subject });
  await recordEvent(tx, {
    kind: 'post-approved',
    actorId: by.id,
    topicId: post.topic.id,
    postId: post.id,
    data: { actionId },
    at: now,
  });
  await approvePosts(tx, [post.id], now);
  await closeQueueItemsAbout(tx, [post.id], { kind: 'held', actionId, now });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

function closeFlagged(tx: Tx, postId: PostId, actionId: ActionId, now: Date): Promise<void> {
  return closeQueueItemsAbout(tx, [postId], { kind: 'flagged', actionId, now });
}

function subjectOf(post: PostSubject, { queueItemId }: Decision) {
  return {
    topicId: post.topic.id,
    ...(post.isOpening ? {} : { postId: post.id }),
    ...(queueItemId === undefined ? {} : { queueItemId }),
  };
}
