// Moving a reply with all below it, to another topic or within its own. Posts keep their ids, so that permalinks lead to
// where they stand, votes and flags stay theirs, and nobody's marks of what they have read change. Whether it may be done,
// and the locks of both topics, are the callers' to see to.
import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { posts } from '../../../db/schema/index.ts';
import type { PostId } from '../../../domain/ids.ts';
import type { Place } from '../../../domain/policy/moves.ts';
import { moveWithPosts } from '../../notifications/index.ts';
import { below, type ReplyToMove } from '../queries/moving.ts';
import { applyDeltas, Deltas } from './counters.ts';
import { lockTopics } from './locks.ts';

/** A place, and the branch that it is in; null: the reply begins one. */
export interface NewPlace extends Place {
  readonly branchId: PostId | null;
  readonly depth: number;
}

/** Moves the reply. @returns it and all that moved with it */
export async function moveReply(tx: Tx, reply: ReplyToMove, to: NewPlace): Promise<PostId[]> {
  const [one, other] = await lockTopics(tx, [reply.topicId, to.topicId]);
  const moved = await rewrite(tx, reply, to);
  const leaving = new Deltas();
  const arriving = reply.topicId === to.topicId ? leaving : new Deltas();
  for (const post of moved) {
    leaving.carry(post, -1);
    arriving.carry(post, 1);
  }
  // A branch that begins with the reply has been written with its size.
  const placed = moved.filter(({ heldAt }) => heldAt === null).length;
  if (reply.branchId !== null && reply.branchId !== reply.id) leaving.place(reply.branchId, -placed);
  if (to.branchId !== null) arriving.place(to.branchId, placed);
  // The last activity may have been that of a reply that is gone from there: it is looked up anew.
  leaving.lostAt = [one, other].find((topic) => topic?.id === reply.topicId)?.lastActivityAt;
  await applyDeltas(tx, reply.topicId, leaving);
  if (arriving !== leaving) await applyDeltas(tx, to.topicId, arriving);
  const postIds = moved.map(({ id }) => id);
  if (reply.topicId !== to.topicId) await moveWithPosts(tx, postIds);
  return postIds;
}

/** @returns the moved posts as they are now */
async function rewrite(tx: Tx, { id, depth }: ReplyToMove, to: NewPlace) {
  const places = sql`case when ${posts.id} = ${id} and ${to.branchId}::bigint is null then placed.n else 1 end`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    with recursive ${below(id)},
    placed as (
      select count(*)::int as n from ${posts} join below on below.id = ${posts.id} where ${posts.heldAt} is null)
    update ${posts} set topic_id = ${to.topicId}, depth = ${posts.depth} + ${to.depth - depth}::int,
      branch_id = coalesce(${to.branchId}::bigint, ${id}::bigint), branch_size = ${places},
      parent_id = case when ${posts.id} = ${id} then ${to.parentId}::bigint else ${posts.parentId} end
    from below, placed where ${posts.id} = below.id returning ${posts.id} as id`);
  const { state, heldAt, authorId, postedAt } = posts;
  return tx
    .select({
      id: posts.id,
      branchId: sql`${posts.branchId}`.mapWith(posts.id),
      state,
      heldAt,
      authorId,
      postedAt,
    })
    .from(posts)
    .where(
      inArray(
        posts.id,
        rows.map((row) => Number(row.id) as PostId),
      ),
    )
    .orderBy(posts.id);
}
