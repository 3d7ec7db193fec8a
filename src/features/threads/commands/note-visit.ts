// What a member has seen of a topic. Not authorised: everyone may read what was shown to them. Written after the answer.
import { eq, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../../db/connection.ts';
import { visits } from '../../../db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { countTopicRead, countTopicsForgotten } from '../../members/index.ts';

/**
 * Notes that the member was shown the topic up to `seen`. A visit lasts 30 minutes: within it the mark it began with is
 * kept, so that a reload still shows what was new.
 */
export async function noteVisit(
  db: Database,
  memberId: MemberId,
  topicId: TopicId,
  seen: PostId,
  now: Date,
): Promise<void> {
  const ended = sql`${visits.visitedAt} < ${new Date(now.getTime() - WINDOWS.previousVisit)}`;
  await db.transaction(async (tx) => {
    const [row] = await tx
      .insert(visits)
      .values({ memberId, topicId, seenPostId: seen, previousSeenPostId: seen, visitedAt: now })
      .onConflictDoUpdate({
        target: [visits.memberId, visits.topicId],
        set: {
          seenPostId: sql`greatest(${visits.seenPostId}, excluded.seen_post_id)`,
          previousSeenPostId: sql`case when ${ended} then ${visits.seenPostId} else ${visits.previousSeenPostId} end`,
          visitedAt: sql`case when ${ended} then excluded.visited_at else ${visits.visitedAt} end`,
        },
      })
      .returning({ first: sql<boolean>`(xmax = 0)` });
    if (row?.first) await countTopicRead(tx, memberId);
  });
}

/** Forgets which topics a member has read, and how far. How many they were stays: trust is computed from it. */
export async function forgetVisits(tx: Tx, memberId: MemberId): Promise<void> {
  const { rowCount } = await tx.delete(visits).where(eq(visits.memberId, memberId));
  await countTopicsForgotten(tx, memberId, rowCount ?? 0);
}
