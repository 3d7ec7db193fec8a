// What votes for opening posts mean for the ranks of their topics: worked out once for all votes of a moment, so that a
// topic that everybody votes for is written once a second and nobody who votes or answers waits for it.
import { asc, inArray, sql } from 'drizzle-orm';
import type { Database } from '../../db/connection.ts';
import { tellPages } from '../../db/page-changes.ts';
import { hotRankOf, ranksSet } from '../../db/ranks.ts';
import { posts, topics, topicsToRank } from '../../db/schema/index.ts';
import { lockTopics } from './commands/locks.ts';

/** Requests taken up at a time: however many there are, the topics are locked for a moment only. */
const BATCH = 5_000;

/**
 * Copies the scores of opening posts that were voted for to their topics, and ranks those. What another process is
 * working out at the moment is left to it.
 * @returns how many topics were ranked
 */
export async function rankVotedTopics(db: Database): Promise<number> {
  // Most of the time nobody has voted, and this is asked every second.
  const { rows } = await db.execute(sql`select from ${topicsToRank} limit 1`);
  if (rows.length === 0) return 0;
  return db.transaction(async (tx) => {
    const taken = tx
      .select({ id: topicsToRank.id })
      .from(topicsToRank)
      .orderBy(asc(topicsToRank.id))
      .limit(BATCH)
      .for('update', { skipLocked: true });
    const asked = await tx
      .delete(topicsToRank)
      .where(inArray(topicsToRank.id, taken))
      .returning({ topicId: topicsToRank.topicId });
    const ids = [...new Set(asked.map(({ topicId }) => topicId))];
    if (ids.length === 0) return 0;
    await lockTopics(tx, ids);
    // Read under the lock: a vote that is committed after this asks again.
    const score = sql`(select ${posts.score} from ${posts} where ${posts.id} = ${topics.openingPostId})`;
    await tx
      .update(topics)
      .set(ranksSet({ score, hotRank: hotRankOf(score, sql`${topics.replierCount}`) }))
      .where(inArray(topics.id, ids));
    for (const topicId of ids) tellPages(tx, { effect: 'voted', topicId });
    return ids.length;
  });
}
