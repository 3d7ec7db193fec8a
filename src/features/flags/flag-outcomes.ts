// What becomes of flags once somebody decided: their outcome, their flaggers' record, and the weight that rejected
// ones take off the post again.
import { and, asc, inArray, or } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { flags, members, posts, type FlagOutcome } from '../../db/schema/index.ts';
import type { MemberId, PostId } from '../../domain/ids.ts';
import { countFlagDecided } from '../members/index.ts';
import { addFlagWeight } from '../threads/index.ts';
import { undecided } from './queries/flags.ts';

/** What a flag is on. */
type Flagged = PostId | { readonly postId: PostId } | { readonly memberId: MemberId };

/**
 * Locks, ascending, the members whose counters a decision about these subjects changes: authors of the posts, the
 * members themselves, and flaggers. Two decisions in different topics may concern the same members.
 */
export async function lockConcerned(tx: Tx, subjects: readonly Flagged[]): Promise<void> {
  const authors = tx
    .select({ id: posts.authorId })
    .from(posts)
    .where(inArray(posts.id, postsOf(subjects)));
  const flaggers = tx.select({ id: flags.flaggerId }).from(flags).where(openOn(subjects));
  await tx
    .select({ id: members.id })
    .from(members)
    .where(
      or(
        inArray(members.id, authors),
        inArray(members.id, flaggers),
        inArray(members.id, membersOf(subjects)),
      ),
    )
    .orderBy(asc(members.id))
    .for('no key update');
}

/** Gives every undecided flag on these subjects its outcome. They are locked by the caller. */
export async function settleFlags(
  tx: Tx,
  subjects: readonly Flagged[],
  outcome: FlagOutcome,
): Promise<void> {
  const settled = await tx
    .update(flags)
    .set({ outcome })
    .where(openOn(subjects))
    .returning({ postId: flags.postId, flaggerId: flags.flaggerId, weight: flags.weight });
  for (const { postId, flaggerId, weight } of settled) {
    if (flaggerId !== null) await countFlagDecided(tx, flaggerId, { upheld: outcome === 'upheld' });
    if (postId !== null && outcome === 'rejected') await addFlagWeight(tx, postId, -weight);
  }
}

function openOn(subjects: readonly Flagged[]) {
  const isOn = or(inArray(flags.postId, postsOf(subjects)), inArray(flags.memberId, membersOf(subjects)));
  return and(isOn, undecided());
}

function postsOf(subjects: readonly Flagged[]): PostId[] {
  return subjects.flatMap((subject) => {
    if (typeof subject === 'number') return [subject];
    return 'postId' in subject ? [subject.postId] : [];
  });
}

function membersOf(subjects: readonly Flagged[]): MemberId[] {
  return subjects.flatMap((subject) =>
    typeof subject !== 'number' && 'memberId' in subject ? [subject.memberId] : [],
  );
}
