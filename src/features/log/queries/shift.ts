// What changed since a moderator was last at work: what others decided, what waits, what members said, what was undone.
import { and, count, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import {
  actions,
  members,
  queueItems,
  queueMessages,
  sanctions,
  type QueueItemKind,
} from '../../../db/schema/index.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { MemberId } from '../../../domain/ids.ts';

/** Of everything that is listed one by one; the page says when there is more. */
export const MOST_LISTED = 30;

export type Changes = Awaited<ReturnType<typeof loadChanges>>;

const actor = alias(members, 'actor');
const subject = alias(members, 'subject');

/** Everything that others did since then, for one moderator. */
export async function loadChanges(db: Reader, me: MemberId, since: Date, now: Date) {
  const [decisions, items, messages, undone, notes, ended] = await Promise.all([
    countDecisions(db, me, since),
    countItems(db, since),
    listMessages(db, since),
    listUndone(db, me, since),
    listNotes(db, me, since),
    listEnded(db, since, now),
  ]);
  return { decisions, items, messages, undone, notes, ended };
}

/** By moderator and kind. */
function countDecisions(db: Reader, me: MemberId, since: Date) {
  return db
    .select({ by: actor.name, automatic: actions.automatic, kind: actions.kind, n: count() })
    .from(actions)
    .leftJoin(actor, eq(actor.id, actions.actorId))
    .where(
      and(
        gt(actions.at, since),
        or(isNull(actions.actorId), ne(actions.actorId, me)),
        ne(actions.kind, 'note'),
      ),
    )
    .groupBy(actions.automatic, actor.name, actions.kind)
    .orderBy(actions.automatic, actor.name, desc(count()), actions.kind);
}

/** Opened since then: how many still wait, and how many are done. */
function countItems(db: Reader, since: Date) {
  return db
    .select({
      kind: queueItems.kind,
      opened: sql<number>`(count(*) filter (where ${gt(queueItems.openedAt, since)}))::int`,
      waiting: sql<number>`(count(*) filter (where ${isNull(queueItems.closedAt)}))::int`,
    })
    .from(queueItems)
    .where(or(isNull(queueItems.closedAt), gt(queueItems.closedAt, since)))
    .groupBy(queueItems.kind)
    .orderBy(queueItems.kind) satisfies Promise<{ kind: QueueItemKind }[]>;
}

/** What members wrote inside items. */
function listMessages(db: Reader, since: Date) {
  return db
    .select({
      itemId: queueMessages.queueItemId,
      by: members.name,
      at: queueMessages.at,
      body: queueMessages.body,
    })
    .from(queueMessages)
    .innerJoin(members, and(eq(members.id, queueMessages.authorId), eq(members.role, 'member')))
    .where(gt(queueMessages.at, since))
    .orderBy(desc(queueMessages.id))
    .limit(MOST_LISTED + 1);
}

const undoing = alias(actions, 'undoing');

/** Own decisions that others undid. */
function listUndone(db: Reader, me: MemberId, since: Date) {
  return db
    .select({
      id: actions.id,
      kind: actions.kind,
      reason: actions.reason,
      rule: actions.rule,
      undoneAt: undoing.at,
      by: actor.name,
      automatic: undoing.automatic,
      because: undoing.reason,
    })
    .from(actions)
    .innerJoin(undoing, eq(undoing.id, actions.undoneById))
    .leftJoin(actor, eq(actor.id, undoing.actorId))
    .where(
      and(
        eq(actions.actorId, me),
        gt(undoing.at, since),
        or(isNull(undoing.actorId), ne(undoing.actorId, me)),
      ),
    )
    .orderBy(desc(undoing.at), desc(undoing.id))
    .limit(MOST_LISTED + 1);
}

/** Notes about members that others made; not those about the moderator themselves. */
function listNotes(db: Reader, me: MemberId, since: Date) {
  return db
    .select({ at: actions.at, by: actor.name, about: subject.name, text: actions.reason })
    .from(actions)
    .innerJoin(subject, eq(subject.id, actions.memberId))
    .leftJoin(actor, eq(actor.id, actions.actorId))
    .where(
      and(
        eq(actions.kind, 'note'),
        ne(subject.id, me),
        gt(actions.at, since),
        or(isNull(actions.actorId), ne(actions.actorId, me)),
      ),
    )
    .orderBy(desc(actions.at), desc(actions.id))
    .limit(MOST_LISTED + 1);
}

const SANCTIONS = ['silence', 'suspend'] as const satisfies readonly ActionKind[];

/** Silences and suspensions that are over since then, by themselves or lifted. */
function listEnded(db: Reader, since: Date, now: Date) {
  const endedAt = sql`least(${sanctions.liftedAt}, ${sanctions.endsAt})`;
  return db
    .select({
      member: members.name,
      kind: actions.kind,
      reason: actions.reason,
      rule: actions.rule,
      at: endedAt.mapWith(sanctions.startsAt),
      lifted: sql<boolean>`${sanctions.liftedAt} is not null`,
    })
    .from(sanctions)
    .innerJoin(actions, and(eq(actions.id, sanctions.actionId), inArray(actions.kind, [...SANCTIONS])))
    .innerJoin(members, eq(members.id, sanctions.memberId))
    .where(and(gt(endedAt, since.toISOString()), lte(endedAt, now.toISOString())))
    .orderBy(desc(endedAt), desc(sanctions.id))
    .limit(MOST_LISTED + 1);
}
