// How members stand, as columns of a query over members: what trust is computed from, and until when they may not write.
import { and, eq, isNull, sql, type SQL } from 'drizzle-orm';
import { FOREVER } from '../domain/times.ts';
import { members, type SanctionKind, sanctions } from './schema/index.ts';

// A condition as an object: of columns written straight into the text, a select from one table drops the table's name.
const ofTheMember = and(eq(sanctions.memberId, members.id), isNull(sanctions.liftedAt));

/** For a select that has `members`; the rows are TrustFacts. */
export const trustFacts = {
  joinedAt: members.joinedAt,
  topicsRead: members.topicsRead,
  repliesKept: members.repliesKept,
  flagsDecided: members.flagsDecided,
  flagsUpheld: members.flagsUpheld,
  lastSanctionAt:
    sql<Date | null>`(select max(${sanctions.startsAt}) from ${sanctions} where ${ofTheMember})`.mapWith(
      sanctions.startsAt,
    ),
};

/** Until when the member of a row may not write by a decision of moderators; null: free, or no member. */
export function barredUntil(now: Date): SQL<Date | null> {
  return sql`greatest(${endOfSanction('silence', now)}, ${endOfSanction('suspension', now)})`.mapWith(
    sanctions.endsAt,
  );
}

/** When the sanctions of a kind that are in force now have all ended; null: there is none. */
export function endOfSanction(kind: SanctionKind, now: Date): SQL<Date | null> {
  return sql`(select max(coalesce(${sanctions.endsAt}, ${FOREVER})) from ${sanctions}
    where ${sanctions.memberId} = ${members.id} and ${sanctions.kind} = ${kind} and ${sanctions.liftedAt} is null
      and ${sanctions.startsAt} <= ${now} and (${sanctions.endsAt} is null or ${sanctions.endsAt} > ${now}))`.mapWith(
    sanctions.endsAt,
  );
}
