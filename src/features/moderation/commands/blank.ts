// Blanking one earlier text of a post: what was edited out and must not be read in its history any more.
import type { Tx } from '../../../db/connection.ts';
import type { ActionId, PostId, RevisionId } from '../../../domain/ids.ts';
import { mayBlankRevision } from '../../../domain/policy/posts.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { eraseRevision, findRevision, lockPostRow, recordEvent } from '../../threads/index.ts';

/**
 * Erases an earlier text with its title, for good. Neither the log nor what it says of the event in public names which
 * one it was: that would lead to copies.
 * @throws Problem not-found, denied, or conflict when it is blank already.
 */
export async function blankRevision(
  tx: Tx,
  order: Decision & { readonly postId: PostId; readonly revisionId: RevisionId },
): Promise<ActionId> {
  const { by, postId, revisionId, reason, now, queueItemId } = order;
  const post = await lockPostRow(tx, postId);
  const revision = (await findRevision(tx, postId, revisionId)) ?? notFound('There is no such earlier text.');
  authorize(mayBlankRevision(by, { ...revision, authorId: post.authorId }, now));
  await eraseRevision(tx, revisionId, now);
  const about = { actorId: by.id, at: now, topicId: post.topic.id };
  const actionId = await recordAction(tx, {
    ...{ kind: 'blank-revision', ...about, reason, postIds: [postId] },
    ...(!post.isOpening && { postId }),
    ...(queueItemId !== undefined && { queueItemId }),
  });
  await recordEvent(tx, { kind: 'revision-blanked', ...about, postId, data: { actionId, revisionId } });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}
