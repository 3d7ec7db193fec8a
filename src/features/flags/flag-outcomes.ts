// What becomes of flags once somebody decided: their outcome, their flaggers' record, the answer to whoever reported
// without an account, and the weight that rejected ones take off a post again.
import { and, asc, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { flags, members, posts, type FlagOutcome } from '../../db/schema/index.ts';
import type { FlagSubject } from '../../domain/flags.ts';
import { enqueue } from '../../jobs/queue.ts';
import { countFlagDecided } from '../members/index.ts';
import { addFlagWeight } from '../threads/index.ts';
import { undecided } from './queries/flags.ts';
import { onAny } from './queries/list-flags.ts';

/**
 * Locks, ascending, the members whose counters a decision about these subjects changes: authors of posts, the members
 * flagged themselves, and all who flagged. Two decisions in different topics may concern the same members.
 */
export async function lockConcerned(tx: Tx, subjects: readonly FlagSubject[]): Promise<void> {
  if (subjects.length === 0) return;
  const postIds = subjects.flatMap((subject) => ('postId' in subject ? [subject.postId] : []));
  const memberIds = subjects.flatMap((subject) => ('memberId' in subject ? [subject.memberId] : []));
  const authors = tx.select({ id: posts.authorId }).from(posts).where(inArray(posts.id, postIds));
  const flaggers = tx.select({ id: flags.flaggerId }).from(flags).where(openOn(subjects));
  // As one set: of two conditions, PostgreSQL would read every member there is.
  const flagged = tx.select({ id: members.id }).from(members).where(inArray(members.id, memberIds));
  await tx
    .select({ id: members.id })
    .from(members)
    .where(inArray(members.id, authors.union(flaggers).union(flagged)))
    .orderBy(asc(members.id))
    .for('no key update');
}

/**
 * Gives every undecided flag on these subjects its outcome. They are locked by the caller, who also closes their items:
 * then nothing is left that they could weigh on.
 */
export async function settleFlags(
  tx: Tx,
  subjects: readonly FlagSubject[],
  outcome: FlagOutcome,
): Promise<void> {
  if (subjects.length === 0) return;
  const { id, postId, flaggerId, weight, reporterEmail } = flags;
  const settled = await tx
    .update(flags)
    .set({ outcome })
    .where(openOn(subjects))
    .returning({ id, postId, flaggerId, weight, reporterEmail });
  for (const flag of settled) {
    if (flag.flaggerId !== null) await countFlagDecided(tx, flag.flaggerId, { upheld: outcome === 'upheld' });
    if (flag.postId !== null && outcome === 'rejected') await addFlagWeight(tx, flag.postId, -flag.weight);
    if (flag.reporterEmail !== null) await enqueue(tx, 'answer-report', { flagId: flag.id, what: 'decided' });
  }
}

function openOn(subjects: readonly FlagSubject[]) {
  return and(onAny(subjects), undecided());
}
