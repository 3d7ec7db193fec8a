// Decisions about posts: flagged ones, those in which a watched word was found, and those that await approval.
import type { Tx } from '../../../db/connection.ts';
import type { QueueItemKind } from '../../../db/schema/index.ts';
import type { ActionId, PostId } from '../../../domain/ids.ts';
import { mayDecideFlaggedPost, mayDecideHeldPost, mayWarnAuthor } from '../../../domain/policy/posts.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, Problem } from '../../../web/problem.ts';
import { lockConcerned, settleFlags } from '../../flags/index.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { hidePosts, lockTopic, refusePost } from '../../moderation/index.ts';
import { closeQueueItemsAbout, type Closing, type ItemDecision } from '../../queue-items/index.ts';
import { sanctionMember } from '../../sanctions/index.ts';
import { approvePosts, lockPostRow, type PostSubject, recordEvent } from '../../threads/index.ts';
import { takeInHand } from './take-in-hand.ts';

/** One look answers all that was asked about a post that stands: its flags, and the watched words in it. */
const ASKED = ['flagged', 'watched'] as const;

/** @throws Problem when the item or the post is not the moderator's to decide. */
export async function decideHeldPost(tx: Tx, order: ItemDecision, postId: PostId): Promise<ActionId> {
  const post = await lockPostRow(tx, postId);
  await takeInHand(tx, order);
  authorize(mayDecideHeldPost(order.by, post, order.now));
  const taken = { ...order, queueItemId: order.itemId, postId };
  return order.decision === 'approve' ? approvePost(tx, post, taken) : refusePost(tx, taken);
}

/** @throws Problem when the item or the post is not the moderator's to decide. */
export async function decideFlaggedPost(tx: Tx, order: ItemDecision, postId: PostId): Promise<ActionId> {
  const { by, decision, now } = order;
  const post = await lockPostRow(tx, postId);
  await takeInHand(tx, order);
  authorize(mayDecideFlaggedPost(by, post, now));
  const taken = { ...order, queueItemId: order.itemId, postId };
  switch (decision) {
    case 'keep':
      return keepPost(tx, post, taken);
    case 'hide':
    case 'hide-branch':
      return hidePosts(tx, { ...taken, withReplies: decision === 'hide-branch' });
    case 'hide-warn':
      return hideAndWarn(tx, post, taken);
    case 'lock':
      return lockItsTopic(tx, post, taken);
    default:
      throw new Problem('invalid');
  }
}

/** Leaves a post as it is: its flags were wrong and weigh no more. */
async function keepPost(tx: Tx, post: PostSubject, order: Decision): Promise<ActionId> {
  const { by, reason, now } = order;
  const about = { actorId: by.id, reason, at: now, ...subjectOf(post, order) };
  const actionId = await recordAction(tx, { kind: 'keep', ...about });
  await settle(tx, post.id, 'rejected', { kind: ASKED, actionId, now });
  return actionId;
}

/** Two actions for one reason; undoing the one leaves the other. */
async function hideAndWarn(
  tx: Tx,
  { authorId }: PostSubject,
  order: Decision & { readonly postId: PostId; readonly queueItemId: ItemDecision['itemId'] },
): Promise<ActionId> {
  authorize(mayWarnAuthor(authorId));
  // All members of both at once, in their order: each of the two alone may lock one that comes before the other's.
  await lockConcerned(tx, [{ postId: order.postId }, ...(authorId === null ? [] : [{ memberId: authorId }])]);
  const actionId = await hidePosts(tx, { ...order, withReplies: false });
  const { by, reason, now, queueItemId } = order;
  if (authorId !== null) {
    const warning = { kind: 'warning', memberId: authorId, until: null, hideAll: false } as const;
    await sanctionMember(tx, { by, reason, now, queueItemId, ...warning });
  }
  return actionId;
}

/** Ends the quarrel without taking a post away: whoever flagged it was right. */
async function lockItsTopic(tx: Tx, post: PostSubject, order: Decision): Promise<ActionId> {
  const actionId = await lockTopic(tx, { ...order, topicId: post.topic.id });
  await settle(tx, post.id, 'upheld', { kind: ASKED, actionId, now: order.now });
  return actionId;
}

/** Lets a held post be seen by everybody, from now on; what else moderators were to look at in it, they have. */
async function approvePost(tx: Tx, post: PostSubject, order: Decision): Promise<ActionId> {
  const { by, reason, now } = order;
  const about = { actorId: by.id, reason, at: now, ...subjectOf(post, order), postIds: [post.id] };
  const actionId = await recordAction(tx, { kind: 'approve', ...about });
  await recordEvent(tx, {
    kind: 'post-approved',
    actorId: by.id,
    topicId: post.topic.id,
    postId: post.id,
    data: { actionId },
    at: now,
  });
  await approvePosts(tx, [post.id], now);
  await settle(tx, post.id, 'rejected', { kind: ['held', ...ASKED], actionId, now });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

/** Closes what waited for a decision about the post, and gives its flags their outcome. */
async function settle(
  tx: Tx,
  postId: PostId,
  outcome: 'upheld' | 'rejected',
  closing: Closing & { readonly kind: readonly QueueItemKind[] },
): Promise<void> {
  await closeQueueItemsAbout(tx, [postId], closing);
  await lockConcerned(tx, [{ postId }]);
  await settleFlags(tx, [{ postId }], outcome);
}

function subjectOf(post: PostSubject, { queueItemId }: Decision) {
  return {
    topicId: post.topic.id,
    ...(post.isOpening ? {} : { postId: post.id }),
    ...(queueItemId === undefined ? {} : { queueItemId }),
  };
}
