// What logging in and the settings need to know of a member.
import { and, desc, eq, exists, gt, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import {
  type EmailChangeEnd,
  emailChanges,
  mailLinks,
  type MailLinkPurpose,
  members,
  sessions,
  signIns,
  totpFactors,
} from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { emailKey } from '../../domain/member-email.ts';
import { nameKey } from '../../domain/member-name.ts';

export interface Credentials {
  readonly id: MemberId;
  readonly passwordHash: string | null;
  /** Whether the password alone logs nobody in. */
  readonly hasSecondFactor: boolean;
  /** Whether they have logged in from that network before, as far as that is kept. */
  readonly isKnownPlace: boolean;
}

/**
 * The member who logs in by this name or e-mail address. Names have no "@", so one text cannot mean two members.
 * @param place the network they come from (lib/address-prefix.ts); '' when that makes no difference
 */
export async function findCredentials(
  db: Reader,
  nameOrEmail: string,
  place = '',
): Promise<Credentials | undefined> {
  const isMeant = nameOrEmail.includes('@')
    ? eq(members.emailKey, emailKey(nameOrEmail))
    : eq(members.nameKey, nameKey(nameOrEmail));
  const [row] = await db
    .select({
      id: members.id,
      passwordHash: members.passwordHash,
      hasSecondFactor: sql<boolean>`${totpFactors.confirmedAt} is not null`,
      isKnownPlace: sql<boolean>`${exists(
        db
          .select({ one: sql`1` })
          .from(signIns)
          .where(and(eq(signIns.memberId, members.id), eq(signIns.addressPrefix, place))),
      )}`,
    })
    .from(members)
    .leftJoin(totpFactors, eq(totpFactors.memberId, members.id))
    .where(isMeant)
    // Of an address that several gave, it is who confirmed it; before anybody did, who came last.
    .orderBy(sql`${members.confirmedAt} is null`, desc(members.id))
    .limit(1);
  return row;
}

export interface OwnAccount {
  /** Null for those who never gave one. */
  readonly email: string | null;
  readonly passwordHash: string | null;
  readonly hasPassword: boolean;
  /** Whether the password is not enough to change any of it: there is none, or two-step login asks for more. */
  readonly needsProof: boolean;
  readonly renamedAt: Date | null;
  /** The address that is to become theirs; null: none. */
  readonly change: EmailChange | null;
}

/** By what members log in: what they may change, and what it is checked against. */
export async function findOwnAccount(db: Reader, id: MemberId, now: Date): Promise<OwnAccount | undefined> {
  const { email, passwordHash, renamedAt } = members;
  const [row] = await db
    .select({ email, passwordHash, renamedAt, change: emailChanges, twoStepSince: totpFactors.confirmedAt })
    .from(members)
    .leftJoin(emailChanges, and(eq(emailChanges.memberId, members.id), gt(emailChanges.expiresAt, now)))
    .leftJoin(totpFactors, eq(totpFactors.memberId, members.id))
    .where(eq(members.id, id));
  if (!row) return undefined;
  const { twoStepSince, ...own } = row;
  const hasPassword = own.passwordHash !== null;
  return { ...own, hasPassword, needsProof: !hasPassword || twoStepSince !== null };
}

export type EmailChange = typeof emailChanges.$inferSelect;

/** A link of one end of a change of address, that has not been pressed yet. */
export interface OpenEmailChange {
  readonly linkId: string;
  /** The member, by name. */
  readonly name: string;
  readonly oldEmail: string | null;
  readonly change: EmailChange;
}

/** @param linkId undefined: what was given was no link of ours, and opens nothing */
export async function findEmailChange(
  db: Reader,
  end: EmailChangeEnd,
  linkId: string | undefined,
  now: Date,
): Promise<OpenEmailChange | undefined> {
  if (linkId === undefined) return undefined;
  const [row] = await db
    .select({ linkId: mailLinks.id, name: members.name, oldEmail: members.email, change: emailChanges })
    .from(mailLinks)
    .innerJoin(members, eq(members.id, mailLinks.memberId))
    .innerJoin(emailChanges, eq(emailChanges.memberId, members.id))
    .where(
      and(
        eq(mailLinks.id, linkId),
        eq(mailLinks.purpose, end),
        gt(mailLinks.expiresAt, now),
        eq(mailLinks.emailKey, end === 'change-new' ? emailChanges.emailKey : members.emailKey),
      ),
    );
  return row;
}

/** What members say of themselves. */
export async function findProfile(db: Reader, id: MemberId) {
  const { about, affiliation, link, pronouns } = members;
  const [row] = await db
    .select({ about, affiliation, link, pronouns })
    .from(members)
    .where(eq(members.id, id));
  return row;
}

/** An open session, as its member may know it. */
export interface OpenSession {
  readonly idHash: string;
  readonly device: string;
  readonly addressPrefix: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
}

/** More open sessions than anybody has devices; whoever has, can end them all at once. */
const SESSIONS_SHOWN = 50;

/** Where a member is logged in, by when it was last seen. */
export async function listSessions(db: Reader, memberId: MemberId, now: Date): Promise<OpenSession[]> {
  const { idHash, device, addressPrefix, createdAt, lastSeenAt, expiresAt } = sessions;
  return db
    .select({ idHash, device, addressPrefix, createdAt, lastSeenAt })
    .from(sessions)
    .where(and(eq(sessions.memberId, memberId), gt(expiresAt, now)))
    .orderBy(desc(lastSeenAt), idHash)
    .limit(SESSIONS_SHOWN);
}

/** A mailed link that still opens what it was sent for. */
export interface OpenMailLink {
  readonly id: string;
  /** Of the member it was sent to. */
  readonly name: string;
  readonly email: string;
}

/** @param id undefined: what was given was no link of ours, and opens nothing */
export async function findMailLink(
  db: Reader,
  id: string | undefined,
  purpose: MailLinkPurpose,
  now: Date,
): Promise<OpenMailLink | undefined> {
  if (id === undefined) return undefined;
  const [link] = await db
    .select({ id: mailLinks.id, name: members.name, email: members.email })
    .from(mailLinks)
    .innerJoin(members, eq(members.id, mailLinks.memberId))
    .where(and(eq(mailLinks.id, id), opensMailLink(purpose, now)));
  const email = link?.email ?? null;
  return link === undefined || email === null ? undefined : { ...link, email };
}

/** Condition on links and their members: it has not expired, and was sent to the address that the member still has. */
function opensMailLink(purpose: MailLinkPurpose, now: Date) {
  return and(
    eq(mailLinks.purpose, purpose),
    gt(mailLinks.expiresAt, now),
    eq(mailLinks.emailKey, members.emailKey),
  );
}
