// The member a decision is about, locked with all others whose counters it may change: after topics and posts, before
// queue items.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { members } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { SanctionedFacts } from '../../domain/policy/sanctions.ts';
import { notFound } from '../../web/problem.ts';
import { lockConcerned } from '../flags/index.ts';
import { lockPostsOf } from '../moderation/index.ts';

/**
 * @param withPosts whether what they posted is locked before, to be hidden
 * @throws Problem not-found
 */
export async function lockSubject(
  tx: Tx,
  memberId: MemberId,
  { withPosts }: { readonly withPosts: boolean },
): Promise<SanctionedFacts> {
  const postIds = withPosts ? await lockPostsOf(tx, memberId) : [];
  await lockConcerned(tx, [{ memberId }, ...postIds.map((postId) => ({ postId }))]);
  const [member] = await tx.select({ role: members.role }).from(members).where(eq(members.id, memberId));
  return member ? { memberId, role: member.role } : notFound('There is no such member.');
}
