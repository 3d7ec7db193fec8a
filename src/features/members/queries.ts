// What logging in and the settings need to know of a member.
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { mailLinks, type MailLinkPurpose, members } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { emailKey } from '../../domain/member-email.ts';
import { nameKey } from '../../domain/member-name.ts';

export interface Credentials {
  readonly id: MemberId;
  readonly passwordHash: string | null;
}

/** The member who logs in by this name or e-mail address. Names have no "@", so one text cannot mean two members. */
export async function findCredentials(db: Reader, nameOrEmail: string): Promise<Credentials | undefined> {
  const isMeant = nameOrEmail.includes('@')
    ? eq(members.emailKey, emailKey(nameOrEmail))
    : eq(members.nameKey, nameKey(nameOrEmail));
  const [row] = await db
    .select({ id: members.id, passwordHash: members.passwordHash })
    .from(members)
    .where(isMeant)
    // Of an address that several gave, it is who confirmed it; before anybody did, who came last.
    .orderBy(sql`${members.confirmedAt} is null`, desc(members.id))
    .limit(1);
  return row;
}

export interface OwnSettings {
  readonly about: string;
  readonly affiliation: string;
  /** Null for those who never gave one. */
  readonly email: string | null;
  readonly passwordHash: string | null;
}

/** What members may change about themselves, and what it is checked against. */
export async function findOwnSettings(db: Reader, id: MemberId): Promise<OwnSettings | undefined> {
  const { about, affiliation, email, passwordHash } = members;
  const [row] = await db
    .select({ about, affiliation, email, passwordHash })
    .from(members)
    .where(eq(members.id, id));
  return row;
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
