// Upvoting and taking it back. The count changes only when a vote was really cast or taken back, so that pressing twice,
// or in two windows at once, counts once. A vote on a reply never waits for the topic.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { bestRankOf, countsFrom, hotRankOf, ranksSet } from '../../../db/ranks.ts';
import { posts, topics, votes } from '../../../db/schema/index.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import { mayTakeBackVote, mayVote, type VoteFacts } from '../../../domain/policy/votes.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { standingPost } from '../queries/standing-post.ts';
import { isSecret, lockTopic, mustStandIn } from './locks.ts';

export interface Ballot {
  readonly viewer: Member;
  readonly postId: PostId;
  readonly now: Date;
}

export interface VoteOutcome {
  readonly score: number;
  /** Whether the viewer's vote is now on the post. */
  readonly voted: boolean;
}

/** Upvotes a post. @throws Problem when the viewer may not. */
export async function castVote(tx: Tx, { viewer, postId, now }: Ballot): Promise<VoteOutcome> {
  const post = await prepare(tx, viewer, postId);
  authorize(mayVote(viewer, post, now));
  const cast = await tx
    .insert(votes)
    .values({ memberId: viewer.id, postId: post.id, castAt: now })
    .onConflictDoNothing()
    .returning({ counted: votes.counted });
  const score = cast.some(({ counted }) => counted) ? await changeScore(tx, post, 1) : post.score;
  return { score, voted: true };
}

/** Takes an own vote back. @throws Problem when votes are no longer open. */
export async function takeBackVote(tx: Tx, { viewer, postId, now }: Ballot): Promise<VoteOutcome> {
  const post = await prepare(tx, viewer, postId);
  authorize(mayTakeBackVote(viewer, post, now));
  const taken = await tx
    .delete(votes)
    .where(and(eq(votes.memberId, viewer.id), eq(votes.postId, post.id)))
    .returning({ counted: votes.counted });
  const score = taken.some(({ counted }) => counted) ? await changeScore(tx, post, -1) : post.score;
  return { score, voted: false };
}

interface VotedPost extends VoteFacts {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly isOpening: boolean;
  readonly heldAt: Date | null;
  readonly score: number;
}

/** Reads what the rule asks; for an opening post under its topic's lock, since the topic carries its score. */
async function prepare(tx: Tx, viewer: Member, id: PostId): Promise<VotedPost> {
  const post = await findVotedPost(tx, id);
  if (!post || isSecret(viewer, post)) return notFound('There is no such post.');
  if (!post.isOpening) return post;
  await lockTopic(tx, post.topicId);
  const locked = (await findVotedPost(tx, id)) ?? notFound('There is no such post.');
  mustStandIn(post.topicId, locked.topicId);
  return locked;
}

async function findVotedPost(tx: Tx, id: PostId): Promise<VotedPost | undefined> {
  const [post] = await tx
    .select({
      id: posts.id,
      topicId: posts.topicId,
      isOpening: sql<boolean>`${posts.branchId} is null`,
      score: posts.score,
      authorId: posts.authorId,
      heldAt: posts.heldAt,
      state: posts.state,
      topicState: topics.state,
      topicPostedAt: countsFrom,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(eq(posts.id, standingPost(id)));
  return post;
}

/** Adds counted votes to a post's score, or takes them off. An opening post wants its topic locked. */
export async function changeScore(
  tx: Tx,
  { id, topicId, isOpening }: Pick<VotedPost, 'id' | 'topicId' | 'isOpening'>,
  by: number,
): Promise<number> {
  const score = sql`(${posts.score} + ${by})`;
  const [changed] = await tx
    .update(posts)
    .set({ score, bestRank: bestRankOf(score, sql`${posts.baseScore}`, sql`${posts.flagWeight}`) })
    .where(eq(posts.id, id))
    .returning({ score: posts.score });
  if (!changed) throw new Error('A post that was voted for was not returned.');
  if (isOpening) {
    const score = sql`${changed.score}::integer`;
    await tx
      .update(topics)
      .set(ranksSet({ score, hotRank: hotRankOf(score, sql`${topics.replierCount}`) }))
      .where(eq(topics.id, topicId));
  }
  return changed.score;
}
