// Who brought whom: read from the invitations that were used.
import { and, desc, eq, exists, inArray, isNotNull, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { after, type Cursor } from '../../db/cursor.ts';
import { invitations, members } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

export interface InvitedRow {
  readonly id: MemberId;
  readonly name: string;
  /** When they joined. */
  readonly at: Date;
  /** Null: they came by themselves. */
  readonly invitedById: MemberId | null;
  /** How many joined by their invitations. */
  readonly invited: number;
}

const further = alias(invitations, 'further');

/** Whether somebody joined by an invitation of the member of the row. */
export function hasInvited(db: Reader) {
  const theirs = and(eq(further.invitedById, members.id), isNotNull(further.joinedId));
  return exists(
    db
      .select({ one: sql`1` })
      .from(further)
      .where(theirs),
  );
}

function countInvited(db: Reader) {
  const theirs = and(eq(further.invitedById, members.id), isNotNull(further.joinedId));
  return sql<number>`(${db
    .select({ n: sql`count(*)::int` })
    .from(further)
    .where(theirs)})`.mapWith(Number);
}

/** Who joined by invitations of these members, latest first. */
export async function listInvited(
  db: Reader,
  by: readonly MemberId[],
  cursor: Cursor | undefined,
  limit: number,
): Promise<InvitedRow[]> {
  if (by.length === 0) return [];
  return db
    .select({
      id: members.id,
      name: members.name,
      at: members.joinedAt,
      invitedById: invitations.invitedById,
      invited: countInvited(db),
    })
    .from(invitations)
    .innerJoin(members, eq(members.id, invitations.joinedId))
    .where(and(inArray(invitations.invitedById, [...by]), after(cursor, members.joinedAt, members.id)))
    .orderBy(desc(members.joinedAt), desc(members.id))
    .limit(limit);
}

/** Where the tree begins: who brought others and came by themselves, latest first. */
export async function listFirstInviters(
  db: Reader,
  cursor: Cursor | undefined,
  limit: number,
): Promise<InvitedRow[]> {
  const wasInvited = db
    .select({ one: sql`1` })
    .from(invitations)
    .where(and(eq(invitations.joinedId, members.id), isNotNull(invitations.invitedById)));
  return db
    .select({
      id: members.id,
      name: members.name,
      at: members.joinedAt,
      invitedById: sql<null>`null`,
      invited: countInvited(db),
    })
    .from(members)
    .where(and(hasInvited(db), notExists(wasInvited), after(cursor, members.joinedAt, members.id)))
    .orderBy(desc(members.joinedAt), desc(members.id))
    .limit(limit);
}

/** A chain of invitations is followed this far up: longer ones than any forum has, and an end to circles there cannot be. */
const LONGEST_CHAIN = 100;

/** Who brought a member, who brought those, and so on: whoever came by themselves first. */
export async function listInviters(db: Reader, of: MemberId): Promise<string[]> {
  const { rows } = await db.execute<{ name: string }>(sql`
    with recursive chain(id, step) as (
      select ${of}::bigint, 0
      union all
      select invited_by_id, step + 1 from chain join ${invitations} on joined_id = chain.id
        where invited_by_id is not null and step < ${LONGEST_CHAIN}
    )
    select name from chain join ${members} using (id) where step > 0 order by step desc`);
  return rows.map(({ name }) => name);
}
