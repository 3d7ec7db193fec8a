// Asking that the account be deleted, and taking that back while there is time.
import { asc, eq, or } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { deletions, members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayAskForDeletion, mayKeepAccount, type TextsLeft } from '../../../domain/policy/own-data.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { sendMail } from '../../mails/index.ts';
import { endOtherSessions } from '../../members/index.ts';
import { countOtherAdmins } from '../queries.ts';

export interface DeletionOrder {
  readonly memberId: MemberId;
  readonly texts: TextsLeft;
  /** The session that asked, which goes on: all others end. */
  readonly sessionHash: string;
}

/** Sets the day on which a member's account will be deleted, and tells them. @throws Problem conflict */
export async function askForDeletion(
  tx: Tx,
  { memberId, texts, sessionHash }: DeletionOrder,
  now: Date,
): Promise<void> {
  const otherAdmins = await lockAdmins(tx, memberId);
  const [member] = await tx
    .select({ role: members.role, dueAt: deletions.dueAt })
    .from(members)
    .leftJoin(deletions, eq(deletions.memberId, members.id))
    .where(eq(members.id, memberId));
  if (!member) return notFound();
  authorize(mayAskForDeletion({ ...member, otherAdmins }));
  const dueAt = new Date(now.getTime() + WINDOWS.deletionGrace);
  await tx.insert(deletions).values({ memberId, texts, askedAt: now, dueAt });
  await endOtherSessions(tx, memberId, sessionHash);
  await sendMail(tx, { to: memberId, mail: 'deletion-asked', dueAt: dueAt.toISOString() });
}

/** The member and all admins, in order, as features/admin locks them: two admins who leave at once wait here. */
async function lockAdmins(tx: Tx, memberId: MemberId): Promise<number> {
  await tx
    .select({ id: members.id })
    .from(members)
    .where(or(eq(members.role, 'admin'), eq(members.id, memberId)))
    .orderBy(asc(members.id))
    .for('no key update');
  return countOtherAdmins(tx, memberId);
}

/** Keeps an account that was to be deleted; nothing to keep is nothing to do. @throws Problem conflict once it has begun */
export async function keepAccount(tx: Tx, memberId: MemberId): Promise<void> {
  const [deletion] = await tx
    .select({ begunAt: deletions.begunAt })
    .from(deletions)
    .where(eq(deletions.memberId, memberId))
    .for('update');
  if (!deletion) return;
  authorize(mayKeepAccount(deletion.begunAt));
  await tx.delete(deletions).where(eq(deletions.memberId, memberId));
}
