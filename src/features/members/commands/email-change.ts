// Another e-mail address for a member: asked for with the password, agreed to at both ends, in whichever order.
// Whoever changes anything about it holds the member's row first.
import { and, eq, inArray, max } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { type EmailChangeEnd, emailChanges, mailLinks, members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { mayChangeEmail } from '../../../domain/policy/members.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { sendMail } from '../../mails/index.ts';
import { type EmailChange, findEmailChange } from '../queries.ts';
import { claimAddress, findOwner } from './confirmation.ts';
import { addMailLink, dropMailLinks } from './mail-links.ts';
import { endAllSessions } from './sessions.ts';
import type { SecretsOptions } from '../link-options.ts';
import { lockMember } from '../lock-member.ts';

export interface Asking {
  readonly member: Member;
  /** Whether mails reach anybody. */
  readonly mailsAreSent: boolean;
}

/** Asks both ends whether a member shall have another address; an earlier change that is still pending is over. */
export async function askForEmailChange(tx: Tx, asking: Asking, email: string, now: Date): Promise<void> {
  const oldEmail = await lockForAsking(tx, asking, now);
  const change = { ...undecided(email), expiresAt: endOf(now) };
  const [row] = await tx
    .insert(emailChanges)
    .values({ memberId: asking.member.id, ...change })
    .onConflictDoUpdate({ target: emailChanges.memberId, set: change })
    .returning();
  if (row) await askEnds(tx, asking.member, oldEmail, row, now);
}

function undecided(email: string) {
  return { email, emailKey: emailKey(email), newAgreedAt: null, oldAgreedAt: null };
}

function endOf(now: Date): Date {
  return new Date(now.getTime() + WINDOWS.confirmLink);
}

/** Sends the mails once more to whoever has not agreed yet; the links sent before open nothing any more. */
export async function askEndsAgain(tx: Tx, asking: Asking, now: Date): Promise<void> {
  const oldEmail = await lockForAsking(tx, asking, now);
  const [row] = await tx
    .update(emailChanges)
    .set({ expiresAt: endOf(now) })
    .where(eq(emailChanges.memberId, asking.member.id))
    .returning();
  if (!row) throw new Problem('conflict', 'There is no change of your address to be confirmed.');
  await askEnds(tx, asking.member, oldEmail, row, now);
}

/** Takes a change back. What was sent stays noted, so that nobody fills a mailbox by asking and cancelling in turn. */
export async function cancelEmailChange(tx: Tx, memberId: MemberId): Promise<void> {
  await lockMember(tx, memberId);
  await tx.delete(emailChanges).where(eq(emailChanges.memberId, memberId));
}

export type Agreement =
  { readonly outcome: 'gone' | 'waiting' } | { readonly outcome: 'changed'; readonly memberId: MemberId };

/** One end agrees. With the second one the address is changed, and the member logged out everywhere. */
export async function agreeToEmailChange(
  tx: Tx,
  { end, linkId, secrets }: { readonly end: EmailChangeEnd; readonly linkId: string } & SecretsOptions,
  now: Date,
): Promise<Agreement> {
  const found = await findEmailChange(tx, end, linkId, now);
  if (!found) return { outcome: 'gone' };
  const { memberId } = found.change;
  await lockMember(tx, memberId);
  // Of two who press at once, the second sees here what the first has done.
  if (!(await findEmailChange(tx, end, linkId, now))) return { outcome: 'gone' };
  await tx.delete(mailLinks).where(eq(mailLinks.id, linkId));
  const [change] = await tx
    .update(emailChanges)
    .set(end === 'change-new' ? { newAgreedAt: now } : { oldAgreedAt: now })
    .where(eq(emailChanges.memberId, memberId))
    .returning();
  if (!change?.newAgreedAt || (found.oldEmail !== null && !change.oldAgreedAt)) return { outcome: 'waiting' };
  const changed = await complete(tx, { ...change, secrets }, found.oldEmail, now);
  return changed ? { outcome: 'changed', memberId } : { outcome: 'waiting' };
}

/** @returns false when another account has confirmed the address meanwhile, which is nobody's to be told: it expires. */
async function complete(
  tx: Tx,
  { memberId, email, emailKey: key, secrets }: EmailChange & SecretsOptions,
  oldEmail: string | null,
  now: Date,
): Promise<boolean> {
  if (!(await claimAddress(tx, { memberId, emailKey: key, secrets }, now))) return false;
  await tx.update(members).set({ email, emailKey: key }).where(eq(members.id, memberId));
  await tx.delete(emailChanges).where(eq(emailChanges.memberId, memberId));
  await dropMailLinks(tx, memberId);
  await endAllSessions(tx, memberId);
  const mail = { to: memberId, mail: 'email-changed', changedAt: now.toISOString() } as const;
  await sendMail(tx, { ...mail, address: email });
  if (oldEmail !== null) await sendMail(tx, { ...mail, address: oldEmail });
  return true;
}

/** @returns the address that the member has */
async function lockForAsking(tx: Tx, { member, mailsAreSent }: Asking, now: Date): Promise<string | null> {
  await lockMember(tx, member.id);
  const [row] = await tx
    .select({ email: members.email, confirmedAt: members.confirmedAt })
    .from(members)
    .where(eq(members.id, member.id));
  const { email, confirmedAt } = row ?? notFound();
  const ends: EmailChangeEnd[] = ['change-new', 'change-old'];
  const [sent] = await tx
    .select({ at: max(mailLinks.createdAt) })
    .from(mailLinks)
    .where(and(eq(mailLinks.memberId, member.id), inArray(mailLinks.purpose, ends)));
  const lastSentAt = sent?.at ?? null;
  authorize(mayChangeEmail({ hasEmail: email !== null, confirmedAt, lastSentAt, mailsAreSent }, now));
  return email;
}

async function askEnds(
  tx: Tx,
  { id: memberId, name }: Member,
  oldEmail: string | null,
  { email, newAgreedAt, oldAgreedAt }: EmailChange,
  now: Date,
): Promise<void> {
  if (!newAgreedAt) {
    const linkId = await addMailLink(tx, { memberId, purpose: 'change-new', email }, now);
    const owner = await findOwner(tx, email);
    if (owner === undefined)
      await sendMail(tx, { to: memberId, mail: 'confirm-new-email', linkId, address: email });
    else await sendMail(tx, { to: owner, mail: 'address-in-use', newcomer: name, wantedBy: 'change' });
  }
  if (oldEmail !== null && !oldAgreedAt) {
    const linkId = await addMailLink(tx, { memberId, purpose: 'change-old', email: oldEmail }, now);
    await sendMail(tx, {
      to: memberId,
      mail: 'agree-to-new-email',
      linkId,
      newEmail: email,
      address: oldEmail,
    });
  }
}
