// Withdrawing an own post, and taking that back for a little while. An opening post takes its topic along. What awaited
// approval awaits it no longer, or again.
import type { Tx } from '../../../db/connection.ts';
import type { PostId } from '../../../domain/ids.ts';
import { mayUndoWithdraw, mayWithdrawPost } from '../../../domain/policy/posts.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { bumpQueueItems, closeQueueItemsAbout, openQueueItem } from '../../queue-items/index.ts';
import { recordEvent } from '../events.ts';
import { type LockedPost, lockPost } from './locks.ts';
import { changeStates } from './post-states.ts';

export interface Withdrawal {
  readonly viewer: Member;
  readonly postId: PostId;
  readonly now: Date;
}

/** @throws Problem when it is not the viewer's, or withdrawn already. */
export async function withdrawPost(tx: Tx, { viewer, postId, now }: Withdrawal): Promise<void> {
  const { post } = await lockPost(tx, viewer, postId);
  authorize(mayWithdrawPost(viewer, post));
  await setWithdrawn(tx, post, viewer, now, now);
}

/** @throws Problem when it is too late, or the viewer may not write. */
export async function undoWithdrawal(tx: Tx, { viewer, postId, now }: Withdrawal): Promise<void> {
  const { post } = await lockPost(tx, viewer, postId);
  authorize(mayUndoWithdraw(viewer, post, now));
  await setWithdrawn(tx, post, viewer, null, now);
}

async function setWithdrawn(
  tx: Tx,
  { id, topicId, state }: LockedPost,
  viewer: Member,
  withdrawnAt: Date | null,
  now: Date,
): Promise<void> {
  await changeStates(tx, { topicId, ids: [id], set: { withdrawnAt }, now });
  if (state === 'held') {
    if (withdrawnAt === null) await openQueueItem(tx, { kind: 'held', subject: { postId: id }, now });
    else await closeQueueItemsAbout(tx, [id], { kind: 'held', actionId: null, now });
  }
  await bumpQueueItems(tx, [id]);
  const kind = withdrawnAt === null ? 'post-unwithdrawn' : 'post-withdrawn';
  await recordEvent(tx, { kind, actorId: viewer.id, topicId, postId: id, data: {}, at: now });
}
