// Confirming an e-mail address: the mail that asks, and the answer to it.
import { and, eq, isNotNull, isNull, ne, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../../db/connection.ts';
import { mailLinks, members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { mayAskForConfirmation } from '../../../domain/policy/members.ts';
import type { Member } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';
import { authorize } from '../../../web/problem.ts';
import { sendMail } from '../../mails/index.ts';
import { addMailLink, takeMailLink } from './mail-links.ts';
import { findBar } from './erase-member.ts';
import type { SecretsOptions } from '../link-options.ts';

export interface Newcomer {
  readonly memberId: MemberId;
  readonly name: string;
  readonly email: string;
  /** Where they came from: the link leads back there. */
  readonly next?: string | undefined;
}

/**
 * Sends the link by which an address is confirmed; an earlier one no longer opens. That somebody else has confirmed the
 * address is told to that address alone: the newcomer gets the same answers, now and when asking again.
 */
export async function sendConfirmation(
  tx: Tx,
  { memberId, name, email, next }: Newcomer,
  secrets: SecretsOptions['secrets'],
  now: Date,
): Promise<void> {
  const linkId = await addMailLink(tx, { memberId, purpose: 'confirm', email }, now);
  const owner = await findOwner(tx, email);
  const barredUntil = await findBar(tx, secrets, emailKey(email), now);
  if (barredUntil !== null)
    await sendMail(tx, { to: memberId, mail: 'address-barred', until: barredUntil.toISOString() });
  else if (owner === undefined)
    await sendMail(tx, {
      to: memberId,
      mail: 'confirm-email',
      linkId,
      // The front page is where it leads anyway.
      ...(next !== undefined && next !== paths.front() && { next }),
    });
  else await sendMail(tx, { to: owner, mail: 'address-in-use', newcomer: name, wantedBy: 'sign-up' });
}

/** Sends it once more, to the same address or, since nothing is confirmed yet, to another. */
export async function askAgain(
  tx: Tx,
  member: Member,
  { email, secrets }: { readonly email: string } & SecretsOptions,
  now: Date,
): Promise<void> {
  const [row] = await tx
    .select({ confirmedAt: members.confirmedAt, lastSentAt: mailLinks.createdAt })
    .from(members)
    .leftJoin(mailLinks, and(eq(mailLinks.memberId, members.id), eq(mailLinks.purpose, 'confirm')))
    .where(eq(members.id, member.id))
    .for('no key update', { of: members });
  authorize(
    mayAskForConfirmation(
      { confirmedAt: row?.confirmedAt ?? null, lastSentAt: row?.lastSentAt ?? null },
      now,
    ),
  );
  await tx
    .update(members)
    .set({ email, emailKey: emailKey(email) })
    .where(eq(members.id, member.id));
  await sendConfirmation(tx, { memberId: member.id, name: member.name, email }, secrets, now);
}

/**
 * Confirms the address that a link was sent to.
 * @returns 'gone' when the link opens nothing (any more), 'taken' when another account has confirmed the address.
 */
export async function confirmAddress(
  tx: Tx,
  linkId: string,
  secrets: SecretsOptions['secrets'],
  now: Date,
): Promise<'confirmed' | 'gone' | 'taken'> {
  const link = await takeMailLink(tx, linkId, 'confirm', now);
  if (!link) return 'gone';
  const confirmed = await claimAddress(tx, { ...link, secrets }, now);
  return confirmed ? 'confirmed' : 'taken';
}

/** An address that its mails have reached a member at. */
export interface Claim extends SecretsOptions {
  readonly memberId: MemberId;
  readonly emailKey: string;
}

/** Takes an address for a member. @returns false when another account has it, or it is barred. */
export async function claimAddress(
  tx: Tx,
  { memberId, emailKey: key, secrets }: Claim,
  now: Date,
): Promise<boolean> {
  // Of several who confirm one address at the same instant, one goes first.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`email ${key}`}, 0))`);
  const [owner] = await tx
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.emailKey, key), isNotNull(members.confirmedAt), ne(members.id, memberId)));
  if (owner || (await findBar(tx, secrets, key, now)) !== null) return false;
  await tx
    .update(members)
    .set({ confirmedAt: now })
    .where(and(eq(members.id, memberId), isNull(members.confirmedAt)));
  return true;
}

/** Who has confirmed an e-mail address. */
export async function findOwner(db: Reader, email: string): Promise<MemberId | undefined> {
  const [row] = await db
    .select({ id: members.id })
    .from(members)
    .where(and(eq(members.emailKey, emailKey(email)), isNotNull(members.confirmedAt)));
  return row?.id;
}
