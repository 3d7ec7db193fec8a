// Accounts at other sites: connected to a member's, used, disconnected.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { identities, members } from '../../../db/schema/index.ts';
import type { IdentityId, MemberId } from '../../../domain/ids.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { mayConnectIdentity } from '../../../domain/policy/identities.ts';
import { mayGiveUpWayIn } from '../../../domain/policy/ways-in.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import type { WaitingIdentity } from '../../../web/session-store.ts';
import { sendMail } from '../../mails/index.ts';
import { findByIdentity, type IdentityKey } from '../identity-queries.ts';
import { findWaysIn } from '../ways-in.ts';
import { lockMember } from '../lock-member.ts';

/**
 * Connects an account at another site to a member's, who is logged in. A mail tells them, in case it was somebody else. Done
 * twice it changes nothing.
 * @param provider the site's name
 */
export async function connectIdentity(
  tx: Tx,
  memberId: MemberId,
  { waiting, provider }: { readonly waiting: WaitingIdentity; readonly provider: string },
  now: Date,
): Promise<void> {
  await lockIdentity(tx, waiting);
  const ownerId = (await findByIdentity(tx, waiting))?.id ?? null;
  const sameAddress = waiting.email !== null && (await isOwnAddress(tx, memberId, waiting.email));
  authorize(mayConnectIdentity({ memberId, ownerId, askedBy: waiting.askedBy, sameAddress }));
  if (ownerId !== null) return;
  await addIdentity(tx, memberId, waiting, now);
  const { label } = waiting;
  await sendMail(tx, {
    to: memberId,
    mail: 'identity-connected',
    provider,
    label,
    changedAt: now.toISOString(),
  });
}

/** Of several who come with one account at the same instant, one goes first. */
export async function lockIdentity(tx: Tx, { issuer, subject }: IdentityKey): Promise<void> {
  const key = `identity ${issuer} ${subject}`;
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

/** Files it under a member, without asking; lockIdentity comes first. */
export async function addIdentity(
  tx: Tx,
  memberId: MemberId,
  { issuer, subject, key, label }: WaitingIdentity,
  now: Date,
): Promise<void> {
  await tx.insert(identities).values({
    memberId,
    issuer,
    subject,
    providerKey: key,
    label,
    createdAt: now,
    lastUsedAt: now,
  });
}

/** Notes that somebody came by it, and how the site calls them now. */
export async function noteIdentityUse(tx: Tx, id: IdentityId, label: string, now: Date): Promise<void> {
  await tx.update(identities).set({ label, lastUsedAt: now }).where(eq(identities.id, id));
}

/**
 * Takes a way in away from a member, unless it is the last. A mail tells them.
 * @param nameOf the name of a site by its key
 */
export async function disconnectIdentity(
  tx: Tx,
  memberId: MemberId,
  { id, nameOf }: { readonly id: IdentityId; readonly nameOf: (key: string) => string },
  now: Date,
): Promise<void> {
  await lockMember(tx, memberId);
  const isMeant = and(eq(identities.id, id), eq(identities.memberId, memberId));
  const [identity] = await tx.select().from(identities).where(isMeant);
  if (!identity) notFound('This account is not connected to yours any more.');
  authorize(mayGiveUpWayIn(await findWaysIn(tx, memberId)));
  await tx.delete(identities).where(isMeant);
  await sendMail(tx, {
    to: memberId,
    mail: 'identity-disconnected',
    provider: nameOf(identity.providerKey),
    label: identity.label,
    changedAt: now.toISOString(),
  });
}

/** Whether an address is the member's, and confirmed. */
async function isOwnAddress(tx: Tx, memberId: MemberId, email: string): Promise<boolean> {
  const [own] = await tx
    .select({ emailKey: members.emailKey, confirmedAt: members.confirmedAt })
    .from(members)
    .where(eq(members.id, memberId));
  return own !== undefined && own.confirmedAt !== null && own.emailKey === emailKey(email);
}
