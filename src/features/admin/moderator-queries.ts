// What moderators and admins did in a while, for admins: one row for each of them, those who did nothing, too.
import { and, asc, eq, gte, ne, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { actions, members, queueItems, shifts } from '../../db/schema/index.ts';
import type { ActionKind } from '../../domain/actions.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { Role } from '../../domain/viewer.ts';

export interface ModeratorRow {
  readonly id: MemberId;
  readonly name: string;
  readonly role: Role;
  readonly number: number | null;
  /** Null: never, as far as is known. */
  readonly seenAt: Date | null;
  readonly decisions: readonly { readonly kind: ActionKind; readonly n: number; readonly undone: number }[];
  /** From the opening of what they decided to the decision; null when they decided nothing of the queue. */
  readonly medianHours: number | null;
}

/** Everybody on the staff by name, with what they did since then. */
export async function listModeratorsAtWork(db: Reader, since: Date): Promise<ModeratorRow[]> {
  const [staff, decisions, medians] = await Promise.all([
    listStaff(db),
    countDecisions(db, since),
    listMedians(db, since),
  ]);
  return staff.map((member) => ({
    ...member,
    decisions: decisions.filter(({ actorId }) => actorId === member.id),
    medianHours: medians.find(({ actorId }) => actorId === member.id)?.hours ?? null,
  }));
}

function listStaff(db: Reader) {
  return db
    .select({
      id: members.id,
      name: members.name,
      role: members.role,
      number: members.moderatorNumber,
      seenAt: shifts.seenAt,
    })
    .from(members)
    .leftJoin(shifts, eq(shifts.memberId, members.id))
    .where(ne(members.role, 'member'))
    .orderBy(asc(members.nameKey));
}

function countDecisions(db: Reader, since: Date) {
  return db
    .select({
      actorId: actions.actorId,
      kind: actions.kind,
      n: sql<number>`count(*)::int`,
      undone: sql<number>`count(${actions.undoneById})::int`,
    })
    .from(actions)
    .innerJoin(members, and(eq(members.id, actions.actorId), ne(members.role, 'member')))
    .where(gte(actions.at, since))
    .groupBy(actions.actorId, actions.kind)
    .orderBy(sql`count(*) desc`, actions.kind);
}

function listMedians(db: Reader, since: Date) {
  const waited = sql`extract(epoch from ${queueItems.closedAt} - ${queueItems.openedAt}) / 3600`;
  return db
    .select({
      actorId: actions.actorId,
      hours: sql<number>`percentile_cont(0.5) within group (order by ${waited})`.mapWith(Number),
    })
    .from(queueItems)
    .innerJoin(actions, eq(actions.id, queueItems.closedByActionId))
    .where(gte(queueItems.closedAt, since))
    .groupBy(actions.actorId);
}
