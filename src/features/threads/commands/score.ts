// The score of a topic as merges change it: by many votes at once, under the topic's lock.
import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { hotRankOf, ranksSet } from '../../../db/ranks.ts';
import { posts, topics } from '../../../db/schema/index.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';

/** Locks posts whose votes are about to change together; whoever votes for one of them waits, and counts on top. */
export async function lockScores(tx: Tx, ids: readonly PostId[]): Promise<void> {
  await tx
    .select({ id: posts.id })
    .from(posts)
    .where(inArray(posts.id, [...ids]))
    .orderBy(asc(posts.id))
    .for('no key update');
}

/** Adds counted votes to the opening post of a topic that is locked, or takes them off, and ranks both. */
export async function addToScore(
  tx: Tx,
  { topicId, openingPostId }: { readonly topicId: TopicId; readonly openingPostId: PostId },
  by: number,
): Promise<void> {
  const score = sql`(${posts.score} + ${by})`;
  const [changed] = await tx
    .update(posts)
    .set({ score })
    .where(eq(posts.id, openingPostId))
    .returning({ score: posts.score });
  if (!changed) throw new Error('The opening post of a topic was not returned.');
  const topicScore = sql`${changed.score}::integer`;
  await tx
    .update(topics)
    .set(ranksSet({ score: topicScore, hotRank: hotRankOf(topicScore, sql`${topics.replierCount}`) }))
    .where(eq(topics.id, topicId));
}
