// A new password for who has lost the old one: a link to the address of the account, and what it opens.
import { and, eq, gte, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import {
  identities,
  mailLinks,
  members,
  passkeys,
  recoveryCodes,
  totpFactors,
} from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { isWithin } from '../../../domain/times.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { sendMail } from '../../mails/index.ts';
import { findCredentials } from '../queries.ts';
import { claimAddress } from './confirmation.ts';
import { cancelEmailChange } from './email-change.ts';
import { addMailLink, dropMailLinks, takeMailLink } from './mail-links.ts';
import type { SessionOrigin } from '../../../web/session-store.ts';
import { endAllSessions, noteSignIn } from './sessions.ts';
import type { SecretsOptions } from '../link-options.ts';

/** Asks for a link. Whether there is such an account is looked up by a job: neither the answer nor its time tells. */
export async function askForReset(tx: Tx, nameOrEmail: string): Promise<void> {
  await enqueue(tx, 'send-reset-link', { nameOrEmail });
}

/** Sends the link, if there is an account with an address; not again within some minutes, whoever asks. */
export async function sendResetLink(tx: Tx, nameOrEmail: string, now: Date): Promise<void> {
  const found = await findCredentials(tx, nameOrEmail);
  if (!found) return;
  const [row] = await tx
    .select({ email: members.email, lastSentAt: mailLinks.createdAt })
    .from(members)
    .leftJoin(mailLinks, and(eq(mailLinks.memberId, members.id), eq(mailLinks.purpose, 'reset')))
    .where(eq(members.id, found.id))
    .for('no key update', { of: members });
  if (!row?.email || (row.lastSentAt && isWithin(WINDOWS.betweenMails, row.lastSentAt, now))) return;
  // Several unconfirmed accounts can name one address: it gets one mail all the same.
  const recently = new Date(now.getTime() - WINDOWS.betweenMails);
  const { purpose, emailKey: key, createdAt } = mailLinks;
  const sent = and(eq(purpose, 'reset'), eq(key, emailKey(row.email)), gte(createdAt, recently));
  if ((await tx.$count(mailLinks, sent)) > 0) return;
  const linkId = await addMailLink(tx, { memberId: found.id, purpose: 'reset', email: row.email }, now);
  await sendMail(tx, { to: found.id, mail: 'reset-password', linkId });
}

export interface NewPassword extends SecretsOptions {
  readonly passwordHash: string;
  /** From where it is set. */
  readonly origin: SessionOrigin;
}

/**
 * Sets the password of the member a link was sent to, and logs them out everywhere. It also confirms the address: its
 * mails have arrived.
 * @returns the member; undefined when the link opens nothing (any more)
 */
export async function resetPassword(
  tx: Tx,
  linkId: string,
  { passwordHash, origin, secrets }: NewPassword,
  now: Date,
): Promise<MemberId | undefined> {
  const link = await takeMailLink(tx, linkId, 'reset', now);
  if (!link) return undefined;
  const { memberId } = link;
  await dropWaysInOfStranger(tx, memberId);
  await tx.update(members).set({ passwordHash }).where(eq(members.id, memberId));
  await claimAddress(tx, { ...link, secrets }, now);
  await endAllSessions(tx, memberId);
  await dropMailLinks(tx, memberId);
  // Who reads the member's mails is the member: guesses made elsewhere do not keep them out here.
  await noteSignIn(tx, memberId, origin, now);
  // Whoever had the old password may have asked for an address of their own.
  await cancelEmailChange(tx, memberId);
  await sendMail(tx, { to: memberId, mail: 'password-changed', changedAt: now.toISOString() });
  return memberId;
}

/**
 * Whoever opened an account with an address that they have not confirmed may be somebody else than who reads its mails: what
 * they left in it to come back by goes with their password.
 */
async function dropWaysInOfStranger(tx: Tx, memberId: MemberId): Promise<void> {
  const [stranger] = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.id, memberId), isNull(members.confirmedAt)));
  if (!stranger) return;
  for (const table of [passkeys, identities, totpFactors, recoveryCodes])
    await tx.delete(table).where(eq(table.memberId, memberId));
}
