// Sessions of a member: from where they began, and how they end.
import { and, eq, gt, isNotNull, ne } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members, sessions, signIns } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import type { SessionOrigin } from '../../../web/session-store.ts';
import { sendMail } from '../../mails/index.ts';
import { lockMember } from '../lock-member.ts';

/**
 * Notes from where a member logs in.
 * @returns whether a session of theirs was there before, at any time since sessions that began then could have ended
 */
export async function noteSignIn(
  tx: Tx,
  memberId: MemberId,
  { device, addressPrefix }: SessionOrigin,
  now: Date,
): Promise<boolean> {
  // Of two who log in at once from a new place, the second finds it known.
  await lockMember(tx, memberId);
  const isFrom = (table: typeof sessions | typeof signIns) =>
    and(eq(table.memberId, memberId), eq(table.device, device), eq(table.addressPrefix, addressPrefix));
  const kept = new Date(now.getTime() - WINDOWS.session);
  const earlier = await tx
    .select({ at: signIns.at })
    .from(signIns)
    .where(and(isFrom(signIns), gt(signIns.at, kept)))
    .unionAll(
      tx
        .select({ at: sessions.lastSeenAt })
        .from(sessions)
        .where(and(isFrom(sessions), gt(sessions.expiresAt, now))),
    )
    .limit(1);
  await tx
    .insert(signIns)
    .values({ memberId, device, addressPrefix, at: now })
    .onConflictDoUpdate({
      target: [signIns.memberId, signIns.device, signIns.addressPrefix],
      set: { at: now },
    });
  return earlier.length > 0;
}

/** Tells a member by mail of a login from somewhere new; not at an address that nobody has shown to be theirs. */
export async function announceSignIn(
  tx: Tx,
  memberId: MemberId,
  { device, addressPrefix }: SessionOrigin,
  now: Date,
): Promise<void> {
  const [confirmed] = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, memberId), isNotNull(members.confirmedAt)));
  if (!confirmed) return;
  await sendMail(tx, {
    to: memberId,
    mail: 'new-login',
    device,
    place: addressPrefix,
    at: now.toISOString(),
  });
}

/** Logs a member out on one device. */
export async function endSessionOf(tx: Tx, memberId: MemberId, idHash: string): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.memberId, memberId), eq(sessions.idHash, idHash)));
}

/** Logs a member out everywhere but on one device. */
export async function endOtherSessions(tx: Tx, memberId: MemberId, keptHash: string): Promise<void> {
  await tx.delete(sessions).where(and(eq(sessions.memberId, memberId), ne(sessions.idHash, keptHash)));
}

/** Logs a member out everywhere. */
export async function endAllSessions(tx: Tx, memberId: MemberId): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.memberId, memberId));
}
