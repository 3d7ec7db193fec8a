// What flags weigh on a post, and its rank among the replies beside it. Who may flag is features/moderation's to ask.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { keptBestRankOf } from '../../db/ranks.ts';
import { posts } from '../../db/schema/index.ts';
import type { PostId } from '../../domain/ids.ts';

/** Adds to the flag weight of a post, or takes off it what a flag taken back or rejected had added. */
export async function addFlagWeight(tx: Tx, id: PostId, delta: number): Promise<void> {
  // To the hundredth, as single flags weigh: a sum of doubles that should be 0 may be a little less.
  const flagWeight = sql`greatest(0, round((${posts.flagWeight} + ${delta}::float8)::numeric, 2))::float8`;
  await tx
    .update(posts)
    .set({ flagWeight, bestRank: keptBestRankOf({ flagWeight }) })
    .where(eq(posts.id, id));
}
