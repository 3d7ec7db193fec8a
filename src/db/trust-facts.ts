// What the step of trust is computed from (domain/policy/trust.ts), as columns of a query over members.
import { and, eq, isNull, sql } from 'drizzle-orm';
import { members, sanctions } from './schema/index.ts';

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
