// What is known of invitations.
import { and, desc, eq, gt, gte, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { barredUntil } from '../../db/standing.ts';
import { invitations, members } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import {
  type InvitationFacts,
  type InvitingFacts,
  mayUseInvitation,
} from '../../domain/policy/invitations.ts';
import { startOfDay } from '../../domain/times.ts';

/** What a member's right to invite depends on. */
export async function countInvitations(
  db: Reader,
  memberId: MemberId,
  now: Date,
): Promise<Omit<InvitingFacts, 'mode'>> {
  const { usedAt, expiresAt, createdAt } = invitations;
  const [row] = await db
    .select({
      open: sql<number>`(count(*) filter (where ${and(isNull(usedAt), gt(expiresAt, now))}))::int`,
      madeToday: sql<number>`(count(*) filter (where ${gte(createdAt, startOfDay(now))}))::int`,
    })
    .from(invitations)
    .where(eq(invitations.invitedById, memberId));
  return row ?? { open: 0, madeToday: 0 };
}

export interface Invitation extends InvitationFacts {
  readonly invitedBy: string;
}

/** An invitation with who made it; those of members who are gone stand no more. */
async function findInvitation(db: Reader, id: string, now: Date): Promise<Invitation | undefined> {
  const [row] = await db
    .select({
      invitedBy: members.name,
      expiresAt: invitations.expiresAt,
      used: sql<boolean>`${invitations.usedAt} is not null`,
      inviterBarredUntil: barredUntil(now),
    })
    .from(invitations)
    .innerJoin(members, eq(members.id, invitations.invitedById))
    .where(eq(invitations.id, id));
  return row;
}

/** As above, if it lets somebody in now. */
export async function findStandingInvitation(
  db: Reader,
  id: string,
  now: Date,
): Promise<Invitation | undefined> {
  const invitation = await findInvitation(db, id, now);
  return invitation && mayUseInvitation(invitation, now).allowed ? invitation : undefined;
}

export interface OwnInvitation {
  readonly id: string;
  readonly note: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  /** Null: not used yet. */
  readonly usedAt: Date | null;
  /** Who joined by it; null when nobody has, or whoever did is gone since. */
  readonly joined: string | null;
}

const SHOWN = 200;

/** A member's invitations that are open or were used, newest first. */
export async function listInvitations(db: Reader, memberId: MemberId, now: Date): Promise<OwnInvitation[]> {
  const joined = alias(members, 'joined');
  const { id, note, createdAt, expiresAt, usedAt } = invitations;
  return db
    .select({ id, note, createdAt, expiresAt, usedAt, joined: joined.name })
    .from(invitations)
    .leftJoin(joined, eq(joined.id, invitations.joinedId))
    .where(and(eq(invitations.invitedById, memberId), or(gt(expiresAt, now), sql`${usedAt} is not null`)))
    .orderBy(desc(createdAt), desc(id))
    .limit(SHOWN);
}
