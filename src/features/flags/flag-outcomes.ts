// What becomes of flags once somebody decided: their outcome, their flaggers' record, and the weight that rejected
// ones take off the post again.
import { and, asc, inArray, or } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { flags, members, posts, type FlagOutcome } from '../../db/schema/index.ts';
import type { PostId } from '../../domain/ids.ts';
import { countFlagDecided } from '../members/index.ts';
import { addFlagWeight } from '../threads/index.ts';
import { undecided } from './queries/flags.ts';

/**
 * Locks, ascending, the members whose counters a decision about these posts changes: their authors and flaggers. Two
 * decisions in different topics may concern the same members.
 */
export async function lockConcerned(tx: Tx, postIds: readonly PostId[]): Promise<void> {
  const authors = tx
    .select({ id: posts.authorId })
    .from(posts)
    .where(inArray(posts.id, [...postIds]));
  const flaggers = tx.select({ id: flags.flaggerId }).from(flags).where(openOn(postIds));
  await tx
    .select({ id: members.id })
    .from(members)
    .where(or(inArray(members.id, authors), inArray(members.id, flaggers)))
    .orderBy(asc(members.id))
    .for('no key update');
}

/** Gives every undecided flag on these posts its outcome. The posts are locked by the caller. */
export async function settleFlags(tx: Tx, postIds: readonly PostId[], outcome: FlagOutcome): Promise<void> {
  const settled = await tx
    .update(flags)
    .set({ outcome })
    .where(openOn(postIds))
    .returning({ postId: flags.postId, flaggerId: flags.flaggerId, weight: flags.weight });
  for (const { postId, flaggerId, weight } of settled) {
    if (flaggerId !== null) await countFlagDecided(tx, flaggerId, { upheld: outcome === 'upheld' });
    if (postId !== null && outcome === 'rejected') await addFlagWeight(tx, postId, -weight);
  }
}

function openOn(postIds: readonly PostId[]) {
  return and(inArray(flags.postId, [...postIds]), undecided());
}
