// What logging in and the settings need to know of a member.
import { eq } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { members } from '../../db/schema/index.ts';
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
    .where(isMeant);
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
