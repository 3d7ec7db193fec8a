// What members change about themselves.
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members, type Theme } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import type { MailTimes } from '../../../domain/mail-times.ts';
import { mayWrite } from '../../../domain/policy/writing.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { sendMail } from '../../mails/index.ts';
import { bumpItemsAbout } from '../../queue-items/index.ts';
import type { Appearance, ProfileInput } from '../settings-forms.ts';
import { endAllSessions } from './sessions.ts';

/** Changes what a member says of themselves; others read it, so it takes the right to write. */
export async function changeProfile(tx: Tx, member: Member, profile: ProfileInput, now: Date): Promise<void> {
  authorize(mayWrite(member, now));
  await tx.update(members).set(profile).where(eq(members.id, member.id));
  // A moderator who decides about this member is to see what stands there now.
  await bumpItemsAbout(tx, { memberId: member.id });
}

/** Changes how the forum looks to a member. It takes no right: nobody else sees it. */
export async function changeAppearance(tx: Tx, memberId: MemberId, chosen: Appearance): Promise<void> {
  await tx.update(members).set(chosen).where(eq(members.id, memberId));
}

/** What others, and the forum itself, may know of a member. */
export interface PrivacyChoices {
  readonly hiddenFromSearchEngines: boolean;
  readonly remembersReading: boolean;
}

/** Changes what is known of a member. It takes no right: it is theirs to decide. */
export async function changePrivacy(tx: Tx, memberId: MemberId, choices: PrivacyChoices): Promise<void> {
  await tx.update(members).set(choices).where(eq(members.id, memberId));
}

/** Changes when gathered mails come. It takes no right, nor does asking for the week. */
export async function changeMailTimes(tx: Tx, memberId: MemberId, times: MailTimes): Promise<void> {
  await tx.update(members).set(times).where(eq(members.id, memberId));
}

/** Whether a member gets the week's topics by mail. Asking again changes nothing: since when they asked stays. */
export async function askForWeek(tx: Tx, memberId: MemberId, asked: boolean, now: Date): Promise<void> {
  const { weekByMailSince: since } = members;
  const differs = and(eq(members.id, memberId), asked ? isNull(since) : isNotNull(since));
  await tx
    .update(members)
    .set({ weekByMailSince: asked ? now : null })
    .where(differs);
}

/** Gives the feed of what a member follows another key, or its first; the ones before open nothing from now on. */
export async function renewFeedKey(tx: Tx, memberId: MemberId): Promise<void> {
  await tx
    .update(members)
    .set({ feedKeyVersion: sql`${members.feedKeyVersion} + 1` })
    .where(eq(members.id, memberId));
}

export async function changeTheme(tx: Tx, memberId: MemberId, theme: Theme): Promise<void> {
  await tx.update(members).set({ theme }).where(eq(members.id, memberId));
}

export interface HashChange {
  /** Null: the member had no password. */
  readonly from: string | null;
  readonly to: string;
}

/**
 * Replaces a password hash by another, unless it has been replaced meanwhile.
 * @returns whether it was.
 */
export async function replacePasswordHash(tx: Tx, memberId: MemberId, hash: HashChange): Promise<boolean> {
  const { rowCount } = await tx
    .update(members)
    .set({ passwordHash: hash.to })
    .where(and(eq(members.id, memberId), sql`${members.passwordHash} is not distinct from ${hash.from}`));
  return rowCount === 1;
}

/**
 * Changes a password and signs the member out everywhere; the request that asked begins a new session. A mail tells the
 * member, in case it was somebody else.
 * @returns false when the password has been changed meanwhile.
 */
export async function changePassword(
  tx: Tx,
  memberId: MemberId,
  hash: HashChange,
  now: Date,
): Promise<boolean> {
  const replaced = await replacePasswordHash(tx, memberId, hash);
  if (!replaced) return false;
  await endAllSessions(tx, memberId);
  await sendMail(tx, { to: memberId, mail: 'password-changed', changedAt: now.toISOString() });
  return true;
}
