// Accounts at other sites: whose they are, and which a member has.
import { and, asc, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { identities, members, totpFactors } from '../../db/schema/index.ts';
import type { IdentityId, MemberId } from '../../domain/ids.ts';
import type { Credentials } from './queries.ts';

/** By which an account at another site is known again. */
export interface IdentityKey {
  readonly issuer: string;
  readonly subject: string;
}

export interface KnownIdentity extends Omit<Credentials, 'isKnownPlace'> {
  readonly identityId: IdentityId;
}

/** The member whose account at another site it is, as logging in needs them. */
export async function findByIdentity(
  db: Reader,
  { issuer, subject }: IdentityKey,
): Promise<KnownIdentity | undefined> {
  const [row] = await db
    .select({
      identityId: identities.id,
      id: members.id,
      passwordHash: members.passwordHash,
      hasSecondFactor: sql<boolean>`${totpFactors.confirmedAt} is not null`,
    })
    .from(identities)
    .innerJoin(members, eq(members.id, identities.memberId))
    .leftJoin(totpFactors, eq(totpFactors.memberId, members.id))
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)));
  return row;
}

export interface OwnIdentity {
  readonly id: IdentityId;
  readonly providerKey: string;
  readonly label: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
}

/** A member's accounts at other sites, the oldest connection first. */
export async function listIdentities(db: Reader, memberId: MemberId): Promise<OwnIdentity[]> {
  const { id, providerKey, label, createdAt, lastUsedAt } = identities;
  return db
    .select({ id, providerKey, label, createdAt, lastUsedAt })
    .from(identities)
    .where(eq(identities.memberId, memberId))
    .orderBy(asc(id));
}
