// Holding a new member's first posts with a link until a moderator has looked at them (DESIGN section 7).
import type { Tx } from '../../../db/connection.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { holdsFirstPosts, isLimitedAsNew } from '../../../domain/policy/trust.ts';
import type { Member } from '../../../domain/viewer.ts';
import { openQueueItem } from '../../queue-items/index.ts';
import { recordEvent } from '../events.ts';
import { countPostsWithLink } from '../queries/writing.ts';

/** Whether a post of this member is held. Their earlier posts are only counted when that can decide it. */
export async function isHeld(
  tx: Tx,
  viewer: Member,
  { hasLink, limitsInForce }: { readonly hasLink: boolean; readonly limitsInForce: boolean },
): Promise<boolean> {
  if (!hasLink || !isLimitedAsNew(viewer, limitsInForce)) return false;
  const earlierPostsWithLink = await countPostsWithLink(tx, viewer.id);
  return holdsFirstPosts(viewer, { hasLink, limitsInForce, earlierPostsWithLink });
}

/** Puts a post that was inserted as held before the moderators. */
export async function awaitApproval(
  tx: Tx,
  held: {
    readonly topicId: TopicId;
    readonly postId: PostId;
    readonly authorId: MemberId;
    readonly now: Date;
  },
): Promise<void> {
  const { topicId, postId, authorId, now } = held;
  await openQueueItem(tx, { kind: 'held', subject: { postId }, now });
  await recordEvent(tx, {
    kind: 'post-held',
    actorId: authorId,
    topicId,
    postId,
    data: { cause: 'first-links' },
    at: now,
  });
}
