// Undoing a hide: exactly the set it hid comes back, except for what another hide, the approval or its author keeps
// away. What was written and voted meanwhile stays.
import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions, hides, posts } from '../../../db/schema/index.ts';
import type { ActionId, PostId, TopicId } from '../../../domain/ids.ts';
import { mayRestorePost } from '../../../domain/policy/posts.ts';
import { mayRestoreTopic } from '../../../domain/policy/topics.ts';
import type { Member } from '../../../domain/viewer.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { type Decision, markUndone, recordAction } from '../../log/index.ts';
import { approvePosts, lockPostRow, lockTopicRow, recordEvent, refreshHidden } from '../../threads/index.ts';

/**
 * Undoes a hide or a refusal, named by its action; a refused post is thereby approved.
 * @throws Problem not-found, denied (also when one of several replies is the moderator's own), or conflict when it is no
 * longer in force.
 */
export async function restore(
  tx: Tx,
  order: Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId },
): Promise<ActionId> {
  const { by, reason, now } = order;
  const { topicId, postId, refused } = await findHide(tx, order.actionId);
  const topic = await lockTopicRow(tx, topicId);
  authorize(
    postId === null
      ? mayRestoreTopic(by, topic, now)
      : mayRestorePost(by, await lockPostRow(tx, postId), now),
  );
  const lifted = await tx
    .select({ postId: hides.postId })
    .from(hides)
    .where(and(eq(hides.actionId, order.actionId), isNull(hides.liftedAt)));
  const postIds = lifted.map((hide) => hide.postId ?? topic.openingPostId);
  if (postId !== null) await authorizeBranch(tx, by, postIds, now);
  const subject = postId === null ? { topicId } : { topicId, postId };
  const actionId = await recordAction(tx, {
    kind: refused ? 'approve' : 'restore',
    actorId: by.id,
    reason,
    at: now,
    ...subject,
    postIds,
  });
  if (!(await markUndone(tx, order.actionId, actionId))) {
    throw new Problem('conflict', 'Another moderator has undone this already.');
  }
  await tx
    .update(hides)
    .set({ liftedAt: now, liftedById: actionId })
    .where(and(eq(hides.actionId, order.actionId), isNull(hides.liftedAt)));
  await refreshHidden(tx, postId === null ? { topicId } : { postIds }, now);
  if (refused) await approvePosts(tx, postIds, now);
  await recordEvent(tx, {
    kind: refused ? 'post-approved' : postId === null ? 'topic-restored' : 'post-restored',
    actorId: by.id,
    ...subject,
    data: { actionId },
    at: now,
  });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

/** Of a branch hidden as one, every reply is decided about: none may be the moderator's own. Locks them. */
async function authorizeBranch(tx: Tx, by: Member, postIds: readonly PostId[], now: Date): Promise<void> {
  const { authorId, state } = posts;
  const branch = await tx
    .select({ authorId, state })
    .from(posts)
    .where(inArray(posts.id, [...postIds]))
    .orderBy(posts.id)
    .for('no key update');
  for (const post of branch) authorize(mayRestorePost(by, post, now));
}

interface HideInForce {
  readonly topicId: TopicId;
  /** Null: the hide is on the topic. */
  readonly postId: PostId | null;
  readonly refused: boolean;
}

async function findHide(tx: Tx, id: ActionId): Promise<HideInForce> {
  const [found] = await tx
    .select({
      kind: actions.kind,
      postId: actions.postId,
      // The reply may have moved since, with a topic that was merged.
      topicId: sql`coalesce(${posts.topicId}, ${actions.topicId})`.mapWith(posts.topicId),
    })
    .from(actions)
    .leftJoin(posts, eq(posts.id, actions.postId))
    .where(eq(actions.id, id));
  if (!found || (found.kind !== 'hide' && found.kind !== 'refuse'))
    return notFound('There is no such decision.');
  return { topicId: found.topicId, postId: found.postId, refused: found.kind === 'refuse' };
}
