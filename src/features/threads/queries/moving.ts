// A reply that is to be moved, and the place it is to have: what the rule asks (domain/policy/moves.ts).
import { eq, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { posts, topics } from '../../../db/schema/index.ts';
import type { PostId } from '../../../domain/ids.ts';
import type { Destination, MovedReply, Place } from '../../../domain/policy/moves.ts';

export interface ReplyToMove extends MovedReply {
  readonly id: PostId;
  /** Null: an opening post. */
  readonly branchId: PostId | null;
}

/** A reply and how deep it goes; undefined when there is none. */
export async function findReplyToMove(db: Reader, id: PostId): Promise<ReplyToMove | undefined> {
  const { rows } = await db.execute<{ deepest: number }>(sql`with recursive ${below(id)}
    select max(${posts.depth})::int as deepest from ${posts} join below on below.id = ${posts.id}`);
  const { topicId, parentId, branchId, depth, state, heldAt } = posts;
  const [reply] = await db
    .select({ id: posts.id, topicId, parentId, branchId, depth, state, heldAt })
    .from(posts)
    .where(eq(posts.id, id));
  return reply && { ...reply, isOpening: reply.branchId === null, deepest: rows[0]?.deepest ?? 0 };
}

/** The place that a reply is to have; undefined when there is no such topic or post. */
export async function findDestination(
  db: Reader,
  movedId: PostId,
  { topicId, parentId }: Place,
): Promise<(Destination & { readonly branchId: PostId | null }) | undefined> {
  const [topic] = await db
    .select({ state: topics.state, lockedAt: topics.lockedAt, mergedIntoId: topics.mergedIntoId })
    .from(topics)
    .where(eq(topics.id, topicId));
  const parent = parentId === null ? null : await findParent(db, movedId, parentId);
  if (!topic || parent === undefined) return undefined;
  return {
    topicId,
    parentId,
    topicState: topic.state,
    topicLockedAt: topic.lockedAt,
    topicMergedIntoId: topic.mergedIntoId,
    parent,
    branchId: parent?.branchId ?? null,
  };
}

async function findParent(db: Reader, movedId: PostId, id: PostId) {
  const { topicId, branchId, depth, heldAt } = posts;
  const isBelow = sql<boolean>`${posts.id} in (with recursive ${below(movedId)} select id from below)`;
  const [parent] = await db
    .select({ topicId, branchId, depth, heldAt, isBelow })
    .from(posts)
    .where(eq(posts.id, id));
  return parent;
}

/** A reply and all below it, in all states, as a part of a query. */
export function below(id: PostId) {
  return sql`below as (
    select ${id}::bigint as id
    union all select reply.id from ${posts} as reply join below on reply.parent_id = below.id)`;
}
