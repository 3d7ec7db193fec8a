// Invitations: made by a member, taken back while nobody has used them, spent by who joins.
import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { invitations } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayInvite } from '../../../domain/policy/invitations.ts';
import type { SignUpMode } from '../../../domain/settings.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { countInvitations, findStandingInvitation } from '../invitation-queries.ts';
import { lockMember } from '../lock-member.ts';

/** Makes an invitation. */
export async function invite(
  tx: Tx,
  member: Member,
  { note, mode }: { readonly note: string; readonly mode: SignUpMode },
  now: Date,
): Promise<void> {
  // One at a time for each member, so that two requests at once count each other.
  await lockMember(tx, member.id);
  authorize(mayInvite(member, { mode, ...(await countInvitations(tx, member.id, now)) }, now));
  await tx.insert(invitations).values({
    id: randomBytes(16).toString('base64url'),
    invitedById: member.id,
    note,
    createdAt: now,
    expiresAt: new Date(now.getTime() + WINDOWS.invitation),
  });
}

/** Takes an own invitation back, unless it has been used. */
export async function takeBackInvitation(tx: Tx, memberId: MemberId, id: string): Promise<void> {
  await tx
    .delete(invitations)
    .where(and(eq(invitations.id, id), eq(invitations.invitedById, memberId), isNull(invitations.usedAt)));
}

/**
 * Whether an invitation lets somebody in now. Its row stays locked, so that of two who come with it at once one is let in.
 * @param id undefined: what was given was no invitation of ours
 */
export async function holdInvitation(tx: Tx, id: string | undefined, now: Date): Promise<boolean> {
  if (id === undefined) return false;
  await tx.select({ id: invitations.id }).from(invitations).where(eq(invitations.id, id)).for('update');
  return (await findStandingInvitation(tx, id, now)) !== undefined;
}

/** Notes who joined by an invitation that was held. */
export async function spendInvitation(tx: Tx, id: string, joinedId: MemberId, now: Date): Promise<void> {
  await tx.update(invitations).set({ usedAt: now, joinedId }).where(eq(invitations.id, id));
}
