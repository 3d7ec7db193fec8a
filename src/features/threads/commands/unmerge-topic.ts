// Giving back what a merge moved (merge-topic.ts): those replies, those votes and marks as far as they are what the merge
// left. What was written, voted and read in the other topic since stays there.
import { and, eq, inArray, lte, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { posts, topics, visits, votes } from '../../../db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import {
  copyVotes,
  countMoved,
  leadTo,
  lockPair,
  type MarkBefore,
  type MergedParts,
  moveReplies,
  type Pair,
} from './merge-topic.ts';
import { addToScore, lockScores } from './score.ts';

export interface Unmerge {
  readonly topicId: TopicId;
  readonly intoId: TopicId;
  /** What the merge moved. */
  readonly parts: Pick<MergedParts, 'replyIds' | 'voterIds'>;
}

/**
 * Undoes a merge. Newer replies below those that go back stay where they are, from the top level on.
 * @returns the replies that went back, and whose vote was taken off
 */
export async function unmergeTopic(tx: Tx, { topicId, intoId, parts }: Unmerge): Promise<Unmerge['parts']> {
  const pair = await lockPair(tx, topicId, intoId);
  await leadTo(tx, topicId, null, intoId);
  const voterIds = await takeVotesBack(tx, pair, parts.voterIds);
  const going = await findGoing(tx, intoId, parts.replyIds);
  const roots = await keepNewer(tx, intoId, going);
  const back = await moveReplies(tx, topicId, inArray(posts.id, going));
  await countBranches(tx, [...roots, ...back.map(({ id }) => id)]);
  await countMoved(tx, back, pair.into, pair.topic);
  return { replyIds: back.map(({ id }) => id), voterIds };
}

/**
 * Those that still stand in the topic, up to the top level among themselves. What was moved elsewhere since, or below a
 * reply of the topic that stays, stands where a moderator put it.
 */
async function findGoing(tx: Tx, topicId: TopicId, ids: readonly PostId[]): Promise<PostId[]> {
  const moved = sql`any(${sql.param([...ids])}::bigint[])`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive going as (
      select id from ${posts} where topic_id = ${topicId} and id = ${moved} and parent_id is null
      union all
      select reply.id from ${posts} as reply join going on reply.parent_id = going.id where reply.id = ${moved})
    select id from going`);
  return rows.map(({ id }) => Number(id) as PostId);
}

/**
 * Lets the replies that are newer than the merge stand on their own: whatever answers one that goes begins a branch. (All
 * above it goes, too, since a merge moves branches as a whole.)
 * @returns the new beginnings
 */
async function keepNewer(tx: Tx, topicId: TopicId, going: readonly PostId[]): Promise<PostId[]> {
  const goes = sql`any(${sql.param([...going])}::bigint[])`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive stays as (
      select id, id as root, 0 as depth from ${posts}
      where topic_id = ${topicId} and parent_id = ${goes} and not id = ${goes}
      union all
      select reply.id, stays.root, stays.depth + 1 from ${posts} as reply join stays on reply.parent_id = stays.id),
    moved as (
      update ${posts} set parent_id = case when stays.depth > 0 then ${posts.parentId} end,
        branch_id = stays.root, depth = stays.depth
      from stays where ${posts.id} = stays.id)
    select id from stays where depth = 0`);
  return rows.map(({ id }) => Number(id) as PostId);
}

/** Counts the places in those branches that begin with one of these replies. */
async function countBranches(tx: Tx, ids: readonly PostId[]): Promise<void> {
  await tx.execute(sql`update ${posts} set branch_size = (
      select count(*)::integer from ${posts} as reply where reply.branch_id = ${posts.id} and reply.held_at is null)
    where ${posts.id} = any(${sql.param([...ids])}::bigint[]) and ${posts.branchId} = ${posts.id}`);
}

/**
 * Takes the votes off again that are still those which the merge copied; who has voted anew since keeps that vote.
 * @returns whose vote it was
 */
async function takeVotesBack(
  tx: Tx,
  { topic, into }: Pair,
  voterIds: readonly MemberId[],
): Promise<MemberId[]> {
  const postId = into.openingPostId as PostId;
  await lockScores(tx, [postId]);
  const copies = sql`exists (select from ${votes} as given where given.post_id = ${topic.openingPostId}
    and given.member_id = ${votes.memberId} and given.cast_at = ${votes.castAt})`;
  const taken = await tx
    .delete(votes)
    .where(and(eq(votes.postId, postId), inArray(votes.memberId, [...voterIds]), copies))
    .returning({ memberId: votes.memberId, counted: votes.counted });
  const counted = taken.filter((vote) => vote.counted).length;
  if (counted > 0) await addToScore(tx, { topicId: into.id, openingPostId: postId }, -counted);
  return taken.map(({ memberId }) => memberId);
}

/**
 * Gives a locked topic the votes that these members have given another one, which is merged into it. That one needs no
 * lock: votes for it are cast on the topic it leads to.
 */
export async function copyVotesOf(
  tx: Tx,
  topicId: TopicId,
  intoId: TopicId,
  memberIds: readonly MemberId[],
): Promise<MemberId[]> {
  const pair = await tx
    .select({ id: topics.id, openingPostId: topics.openingPostId, authorId: topics.authorId })
    .from(topics)
    .where(inArray(topics.id, [topicId, intoId]));
  const topic = pair.find(({ id }) => id === topicId);
  const into = pair.find(({ id }) => id === intoId);
  return topic && into ? copyVotes(tx, topic, into, memberIds) : [];
}

/** Sets marks back to what they were, but for members who have been there since: they have seen what is there. */
export async function restoreMarks(
  tx: Tx,
  topicId: TopicId,
  marks: readonly MarkBefore[],
  mergedAt: Date,
): Promise<void> {
  const unvisited = and(eq(visits.topicId, topicId), lte(visits.visitedAt, mergedAt));
  const added = marks.filter(({ seenBefore }) => seenBefore === null).map(({ memberId }) => memberId);
  await tx.delete(visits).where(and(unvisited, inArray(visits.memberId, added)));
  const changed = marks.filter(({ seenBefore }) => seenBefore !== null);
  const column = (of: (mark: MarkBefore) => number | null) => sql`${sql.param(changed.map(of))}::bigint[]`;
  await tx.execute(sql`
    update ${visits} set seen_post_id = mark.seen, previous_seen_post_id = mark.previous
    from unnest(${column((mark) => mark.memberId)}, ${column((mark) => mark.seenBefore)},
      ${column((mark) => mark.previousBefore)}) as mark (member_id, seen, previous)
    where ${visits.memberId} = mark.member_id and ${unvisited}`);
}
