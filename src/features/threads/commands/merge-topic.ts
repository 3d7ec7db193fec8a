// Moving what stands in one topic to another: replies, votes and marks. What was moved is handed back, so that
// unmerge-topic.ts can undo exactly that; action, event and reason are features/moderation's to write. Posts keep their
// ids, so that a thread of two topics reads in the order in which it was written.
import { and, eq, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { rankedFromOf } from '../../../db/ranks.ts';
import type { Tx } from '../../../db/connection.ts';
import { posts, topics, visits, votes } from '../../../db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { moveWithPosts } from '../../notifications/index.ts';
import { applyDeltas, type CountedReply, Deltas } from './counters.ts';
import { type LockedTopic, lockTopics } from './locks.ts';
import { addToScore, lockScores } from './score.ts';

/** The mark that a member had in the topic that stays; null: none. */
export interface MarkBefore {
  readonly memberId: MemberId;
  readonly seenBefore: PostId | null;
  readonly previousBefore: PostId | null;
}

export interface MergedParts {
  /** Of all depths and in all states. */
  readonly replyIds: readonly PostId[];
  /** Members whose vote the topic that stays has only by this merge. */
  readonly voterIds: readonly MemberId[];
  readonly marks: readonly MarkBefore[];
}

/** Moves what stands in a topic to another one, to which it leads from then on. Both are locked. */
export async function mergeTopic(tx: Tx, topicId: TopicId, intoId: TopicId): Promise<MergedParts> {
  const { topic, into } = await lockPair(tx, topicId, intoId);
  // Marks and votes are weighed by what stands where before anything moves.
  const marks = await lowerMarks(tx, topic.id, into.id);
  await leadTo(tx, topic.id, into.id);
  const voterIds = await copyVotes(tx, topic, into);
  const moved = await moveReplies(tx, into.id, and(eq(posts.topicId, topic.id), isNotNull(posts.branchId)));
  await countMoved(tx, moved, topic, into);
  return { replyIds: moved.map(({ id }) => id), voterIds, marks };
}

export interface Pair {
  /** The one that goes, or went. */
  readonly topic: LockedTopic;
  readonly into: LockedTopic;
}

/** Locks both, in the one order that keeps two callers from waiting for each other. */
export async function lockPair(tx: Tx, topicId: TopicId, intoId: TopicId): Promise<Pair> {
  const locked = await lockTopics(tx, [topicId, intoId]);
  const topic = locked.find(({ id }) => id === topicId);
  const into = locked.find(({ id }) => id === intoId);
  if (!topic || !into) throw new Error('A topic of a merge is not there.');
  return { topic, into };
}

/** Sets where a topic leads, null: nowhere, and from when `intoId` counts now. */
export async function leadTo(tx: Tx, topicId: TopicId, to: TopicId | null, intoId = to): Promise<void> {
  await tx.update(topics).set({ mergedIntoId: to }).where(eq(topics.id, topicId));
  if (intoId !== null)
    await tx.update(topics).set({ rankedFrom: rankedFromOf() }).where(eq(topics.id, intoId));
}

export type MovedReply = CountedReply & { readonly id: PostId };

/** Moves replies with the branches they stand in, which have to go as a whole. */
export async function moveReplies(tx: Tx, to: TopicId, which: SQL | undefined): Promise<MovedReply[]> {
  const rows = await tx.update(posts).set({ topicId: to }).where(which).returning({
    id: posts.id,
    state: posts.state,
    heldAt: posts.heldAt,
    authorId: posts.authorId,
    branchId: posts.branchId,
    postedAt: posts.postedAt,
  });
  await moveWithPosts(
    tx,
    rows.map(({ id }) => id),
  );
  return rows
    .map((row) => ({ ...row, branchId: row.branchId as PostId }))
    .sort((one, other) => one.id - other.id);
}

/** Takes moved replies out of the counters of one topic and into those of another. */
export async function countMoved(
  tx: Tx,
  moved: readonly MovedReply[],
  from: LockedTopic,
  to: LockedTopic,
): Promise<void> {
  const [leaving, arriving] = [new Deltas(), new Deltas()];
  for (const reply of moved) {
    leaving.carry(reply, -1);
    arriving.carry(reply, 1);
  }
  // The last activity may be the moment of a topic that was merged and leads elsewhere now: it is looked up anew.
  leaving.lostAt = from.lastActivityAt;
  await applyDeltas(tx, from.id, leaving);
  await applyDeltas(tx, to.id, arriving);
}

/**
 * Gives the votes on one opening post to another, each member's once, and none to its own author. The votes themselves
 * stay where they were cast.
 * @param of whose; everybody's where none are named
 * @returns whose vote is new there
 */
export async function copyVotes(
  tx: Tx,
  from: Pick<LockedTopic, 'openingPostId'>,
  to: Pick<LockedTopic, 'id' | 'openingPostId' | 'authorId'>,
  of?: readonly MemberId[],
): Promise<MemberId[]> {
  const postId = to.openingPostId as PostId;
  await lockScores(tx, [from.openingPostId as PostId, postId]);
  const copied = await tx
    .insert(votes)
    .select(
      tx
        .select({
          memberId: votes.memberId,
          postId: sql`${postId}::bigint`.as('post_id'),
          castAt: votes.castAt,
          counted: votes.counted,
        })
        .from(votes)
        .where(
          and(
            eq(votes.postId, from.openingPostId as PostId),
            sql`${votes.memberId} is distinct from ${to.authorId}::bigint`,
            of && inArray(votes.memberId, [...of]),
          ),
        ),
    )
    .onConflictDoNothing()
    .returning({ memberId: votes.memberId, counted: votes.counted });
  const counted = copied.filter((vote) => vote.counted).length;
  if (counted > 0) await addToScore(tx, { topicId: to.id, openingPostId: postId }, counted);
  return copied.map(({ memberId }) => memberId).sort((one, other) => one - other);
}

/**
 * Gives each member who has visited either topic the highest mark in the one that stays below which nothing of both is
 * unread: replies that they have not seen are marked as new there, even if some that they have seen are marked again.
 */
async function lowerMarks(tx: Tx, topicId: TopicId, intoId: TopicId): Promise<MarkBefore[]> {
  const firstUnseen = (of: TopicId, mark: SQL) => sql`(select min(${posts.id}) - 1 from ${posts}
    where ${posts.topicId} = ${of} and ${posts.branchId} is not null and ${posts.state} = 'visible'
      and ${posts.authorId} is distinct from member_id and ${posts.id} > coalesce(${mark}, 0))`;
  const marksOf = (of: TopicId) => sql`(select ${visits.memberId} as member_id, ${visits.seenPostId} as seen,
    ${visits.previousSeenPostId} as previous, ${visits.visitedAt} as visited_at from ${visits} where ${visits.topicId} = ${of})`;
  const both = (mark: 'seen' | 'previous') => {
    const [goes, stays] = [sql.raw(`goes.${mark}`), sql.raw(`stays.${mark}`)];
    return sql`least(greatest(${goes}, ${stays}), ${firstUnseen(topicId, goes)}, ${firstUnseen(intoId, stays)})`;
  };
  const { rows } = await tx.execute<{ member_id: string; seen: string | null; previous: string | null }>(sql`
    with marks as (
      select member_id, ${both('seen')} as seen, ${both('previous')} as previous,
        stays.seen as seen_before, stays.previous as previous_before, coalesce(stays.visited_at, goes.visited_at) as visited_at
      from ${marksOf(topicId)} as goes full join ${marksOf(intoId)} as stays using (member_id)),
    changed as (
      select * from marks where (seen, previous) is distinct from (seen_before, previous_before)),
    written as (
      insert into ${visits} (member_id, topic_id, seen_post_id, previous_seen_post_id, visited_at)
      select member_id, ${intoId}::bigint, seen, previous, visited_at from changed
      on conflict (member_id, topic_id) do update
        set seen_post_id = excluded.seen_post_id, previous_seen_post_id = excluded.previous_seen_post_id)
    select member_id, seen_before as seen, previous_before as previous from changed order by member_id`);
  const postOf = (id: string | null) => (id === null ? null : (Number(id) as PostId));
  return rows.map(({ member_id, seen, previous }) => ({
    memberId: Number(member_id) as MemberId,
    seenBefore: postOf(seen),
    previousBefore: postOf(previous),
  }));
}
