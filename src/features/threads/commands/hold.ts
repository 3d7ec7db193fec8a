// Holding posts until a moderator has looked at them: a new member's first ones with a link (DESIGN section 7), and what a
// watched word or domain holds.
import type { Tx } from '../../../db/connection.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { type HoldCause, holdsFirstPosts, isLimitedAsNew } from '../../../domain/policy/trust.ts';
import type { Member } from '../../../domain/viewer.ts';
import { openQueueItem } from '../../queue-items/index.ts';
import type { Judgement } from '../../watch/index.ts';
import { recordEvent } from '../events.ts';
import { countPostsWithLink } from '../queries/writing.ts';

/**
 * Why a post of this member is held; undefined when it is not. Their earlier posts are only counted when that can
 * decide it.
 */
export async function causeToHold(
  tx: Tx,
  viewer: Member,
  facts: { readonly hasLink: boolean; readonly limitsInForce: boolean; readonly watched: Judgement },
): Promise<HoldCause | undefined> {
  const { hasLink, limitsInForce, watched } = facts;
  if (watched.holds !== undefined) return watched.holds;
  if (!hasLink || !isLimitedAsNew(viewer, limitsInForce)) return undefined;
  const earlierPostsWithLink = await countPostsWithLink(tx, viewer.id);
  const held = holdsFirstPosts(viewer, { hasLink, limitsInForce, earlierPostsWithLink });
  return held ? 'first-links' : undefined;
}

/** Puts a post that was inserted as held before the moderators. */
export async function awaitApproval(
  tx: Tx,
  held: {
    readonly topicId: TopicId;
    readonly postId: PostId;
    readonly authorId: MemberId;
    readonly cause: HoldCause;
    readonly now: Date;
  },
): Promise<void> {
  const { topicId, postId, authorId, cause, now } = held;
  await openQueueItem(tx, { kind: 'held', subject: { postId }, now });
  await recordEvent(tx, {
    kind: 'post-held',
    actorId: authorId,
    topicId,
    postId,
    data: { cause },
    at: now,
  });
}
