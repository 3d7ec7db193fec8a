// How members stand, as columns of a query over members: what trust is computed from, and until when they may not write.
import { and, eq, gt, isNull, lte, ne, or, type Placeholder, sql, type SQL } from 'drizzle-orm';
import { FOREVER } from '../domain/times.ts';
import type { ActionId } from '../domain/ids.ts';
import { actions, members, notifications, type SanctionKind, sanctions } from './schema/index.ts';

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

/** A moment, or its place in a statement that is prepared before it is known. */
type Moment = Date | Placeholder;

/** Until when the member of a row may not write by a decision of moderators; null: free, or no member. */
export function barredUntil(now: Moment): SQL<Date | null> {
  return sql`greatest(${endOfSanction('silence', now)}, ${endOfSanction('suspension', now)})`.mapWith(
    sanctions.endsAt,
  );
}

/** When the sanctions of a kind that are in force now have all ended; null: there is none. */
export function endOfSanction(kind: SanctionKind, now: Moment): SQL<Date | null> {
  const ofKind = and(ofTheMember, eq(sanctions.kind, kind), inForceAt(now));
  return sql`(select max(coalesce(${sanctions.endsAt}, ${FOREVER})) from ${sanctions} where ${ofKind})`.mapWith(
    sanctions.endsAt,
  );
}

function inForceAt(now: Moment): SQL | undefined {
  return and(lte(sanctions.startsAt, now), or(isNull(sanctions.endsAt), gt(sanctions.endsAt, now)));
}

/** A sanction as its member is to see it on every page. */
export interface SanctionNotice {
  readonly kind: SanctionKind;
  readonly actionId: ActionId;
  /** ISO 8601; null: without end. */
  readonly until: string | null;
  readonly rule: number | null;
  readonly reason: string;
  /** The member's entry about it in the inbox while it is unread. */
  readonly unreadId: number | null;
}

/**
 * What a moderator's decision keeps the member of a row from now, suspensions before silences, the longest first; else a
 * warning that was not read yet. Null: nothing.
 */
export function sanctionNotice(now: Moment): SQL<SanctionNotice | null> {
  const ofAction = eq(actions.id, sanctions.actionId);
  const unread = and(
    eq(notifications.actionId, sanctions.actionId),
    eq(notifications.memberId, members.id),
    isNull(notifications.readAt),
  );
  const shown = or(
    and(ne(sanctions.kind, 'warning'), inForceAt(now)),
    and(eq(sanctions.kind, 'warning'), sql`exists (select from ${notifications} where ${unread})`),
  );
  return sql<SanctionNotice | null>`(select json_build_object('kind', ${sanctions.kind}, 'actionId', ${sanctions.actionId},
      'until', ${sanctions.endsAt}, 'rule', ${actions.rule}, 'reason', ${actions.reason},
      'unreadId', (select min(${notifications.id}) from ${notifications} where ${unread}))
    from ${sanctions} join ${actions} on ${ofAction} where ${and(ofTheMember, shown)}
    order by array_position(array['suspension', 'silence', 'warning'], ${sanctions.kind}),
      ${sanctions.endsAt} desc nulls first, ${sanctions.id} desc limit 1)`;
}
