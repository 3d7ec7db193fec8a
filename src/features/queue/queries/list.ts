// A page of the moderators' work: which items, in which order, and who works on each.
import { and, asc, eq, gt, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { decodeCursor, encodeCursor } from '../../../db/cursor.ts';
import { idOfNamed } from '../../../db/names.ts';
import { actions, members, queueItems, type QueueItemKind } from '../../../db/schema/index.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { ActionId, QueueItemId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { Member } from '../../../domain/viewer.ts';
import { type QueueView, TAB_KINDS } from '../filters.ts';

/** Where a page of the queue begins: after this item, which another moderator holds or not. */
export interface QueueCursor {
  readonly taken: boolean;
  readonly weight: number;
  readonly openedAt: string;
  readonly id: number;
}

export type ItemRow = Awaited<ReturnType<typeof selectItems>>[number];

interface Wanted {
  readonly viewer: Member;
  readonly view: QueueView;
  readonly cursor: QueueCursor | undefined;
  readonly now: Date;
}

/** One page of the open items of a view; those that another moderator holds come after all others. */
export async function listQueue(
  db: Reader,
  wanted: Wanted,
  limit: number = PAGES.list,
): Promise<{ readonly rows: readonly ItemRow[]; readonly next: QueueCursor | undefined }> {
  const { viewer, view, cursor, now } = wanted;
  const taken = isTaken(viewer, now);
  const heaviest = view.order === 'heaviest';
  const order = [
    asc(taken),
    ...(heaviest ? [sql`-${queueItems.weight}`] : []),
    asc(queueItems.openedAt),
    asc(queueItems.id),
  ];
  // Which items, first: what is known of them besides would be looked up for the whole queue.
  const page = db
    .select({ id: queueItems.id })
    .from(queueItems)
    .where(and(isNull(queueItems.closedAt), ...filtersOf(wanted), afterCursor(taken, cursor, heaviest)))
    .orderBy(...order)
    .limit(limit + 1);
  const rows = await selectItems(db, taken)
    .where(inArray(queueItems.id, page))
    .orderBy(...order);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { rows: shown, next: last && positionOf(last) };
}

/** The first item after the cursor that nobody else holds. */
export async function findNextItem(db: Reader, wanted: Wanted): Promise<QueueItemId | undefined> {
  const { rows } = await listQueue(db, wanted, 1);
  return rows[0]?.taken === false ? rows[0].id : undefined;
}

/** One item, open or closed. */
export async function findItem(db: Reader, id: QueueItemId): Promise<ItemRow | undefined> {
  const [row] = await selectItems(db, sql<boolean>`false`).where(eq(queueItems.id, id));
  return row;
}

export function positionOf({ taken, weight, openedAt, id }: ItemRow): QueueCursor {
  return { taken, weight, openedAt: openedAt.toISOString(), id };
}

/** As it stands in `?after=`. */
export function encodeQueueCursor({ taken, weight, openedAt, id }: QueueCursor): string {
  return `${taken ? 'taken' : 'free'}~${weight}~${encodeCursor({ key: openedAt, id })}`;
}

/** @returns undefined for anything encodeQueueCursor did not write. */
export function decodeQueueCursor(text: unknown): QueueCursor | undefined {
  const written = /^(taken|free)~(\d{1,9}(?:\.\d{1,20})?)~(.+)$/;
  const [, place, weight, rest] = typeof text === 'string' ? (written.exec(text) ?? []) : [];
  const cursor = decodeCursor(rest, 'moment');
  return (
    cursor && {
      ...{ taken: place === 'taken', weight: Number(weight) },
      ...{ openedAt: String(cursor.key), id: cursor.id },
    }
  );
}

function afterCursor(taken: SQL, cursor: QueueCursor | undefined, heaviest: boolean): SQL | undefined {
  if (!cursor) return undefined;
  const { weight, openedAt, id } = cursor;
  return heaviest
    ? sql`(${taken}, -${queueItems.weight}, ${queueItems.openedAt}, ${queueItems.id})
        > (${cursor.taken}, -${weight}::float8, ${openedAt}::timestamptz, ${id}::bigint)`
    : sql`(${taken}, ${queueItems.openedAt}, ${queueItems.id})
        > (${cursor.taken}, ${openedAt}::timestamptz, ${id}::bigint)`;
}

function isTaken(viewer: Member, now: Date): SQL<boolean> {
  return sql<boolean>`coalesce(${queueItems.claimedUntil} > ${now.toISOString()}::timestamptz and ${queueItems.claimedById} <> ${viewer.id}, false)`;
}

function filtersOf({ viewer, view, now }: Wanted): (SQL | undefined)[] {
  const { tab, section, reason, claimed, by } = view;
  return [
    tab === 'all' ? undefined : inArray(queueItems.kind, [...TAB_KINDS[tab]]),
    claimed === 'free'
      ? or(isNull(queueItems.claimedUntil), lte(queueItems.claimedUntil, now))
      : claimed === 'mine'
        ? and(eq(queueItems.claimedById, viewer.id), gt(queueItems.claimedUntil, now))
        : undefined,
    section === undefined
      ? undefined
      : sql`${TOPIC_ID} in (select t.id from topics t join sections s on s.id = t.section_id where s.slug = ${section})`,
    reason === undefined
      ? undefined
      : // A decision about another kind of item settles no flags.
        sql`${queueItems.kind} in ('flagged', 'watched') and exists (select from flags f where f.reason = ${reason} and f.outcome is null and f.taken_back_at is null
          and (f.post_id = ${queueItems.postId} or f.member_id = ${queueItems.memberId} or f.source_id = ${queueItems.sourceId}))`,
    by === undefined ? undefined : sql`${CONCERNED_ID} = (${idOfNamed(by)})`,
  ];
}

/** The topic that an item is about or in. */
const TOPIC_ID = sql`coalesce(${queueItems.topicId},
  (select p.topic_id from posts p where p.id = ${queueItems.postId}),
  (select s.topic_id from sources s where s.id = ${queueItems.sourceId}),
  (select a.topic_id from actions a where a.id = ${queueItems.appealedActionId}))`;

/** The member whom an item concerns. */
const CONCERNED_ID = sql`coalesce(${queueItems.memberId},
  (select p.author_id from posts p where p.id = ${queueItems.postId}),
  (select s.added_by_id from sources s where s.id = ${queueItems.sourceId}),
  (select a.member_id from appeals a where a.action_id = ${queueItems.appealedActionId}))`;

export interface QueueCounts {
  /** Of open items by kind; a kind without any has none. */
  readonly byKind: Readonly<Partial<Record<QueueItemKind, number>>>;
  /** Since when half of the open items of the tab have waited; null when there is none. */
  readonly medianOpenedAt: Date | null;
}

/** How much there is to do, and how long it waits. */
export async function countQueue(db: Reader, { tab }: Pick<QueueView, 'tab'>): Promise<QueueCounts> {
  const ofTab = inArray(queueItems.kind, [...TAB_KINDS[tab]]);
  const rows = await db
    .select({
      /** Null: all together. */
      kind: sql<QueueItemKind | null>`${queueItems.kind}`,
      n: sql<number>`count(*)::int`,
      medianOpenedAt:
        sql<Date | null>`percentile_disc(0.5) within group (order by ${queueItems.openedAt}) filter (where ${ofTab})`.mapWith(
          queueItems.openedAt,
        ),
    })
    .from(queueItems)
    .where(isNull(queueItems.closedAt))
    .groupBy(sql`rollup(${queueItems.kind})`);
  return {
    byKind: Object.fromEntries(rows.flatMap(({ kind, n }) => (kind === null ? [] : [[kind, n]]))),
    medianOpenedAt: rows.find(({ kind }) => kind === null)?.medianOpenedAt ?? null,
  };
}

const claimer = alias(members, 'claimer');
const decider = alias(members, 'decider');

function selectItems(db: Reader, taken: SQL<boolean>) {
  const { id, kind, version, openedAt, closedAt, weight, claimedById, claimedUntil } = queueItems;
  const { postId, memberId, sourceId, topicId, appealedActionId } = queueItems;
  return db
    .select({
      ...{ id, kind, version, openedAt, closedAt, weight, taken, claimedById, claimedUntil },
      ...{ postId, memberId, sourceId, topicId, appealedActionId },
      claimedByName: claimer.name,
      /** The decision that closed it. */
      decisionId: sql<ActionId | null>`${actions.id}`.mapWith(actions.id),
      decision: sql<ActionKind | null>`${actions.kind}`,
      decisionReason: actions.reason,
      decidedBy: decider.name,
    })
    .from(queueItems)
    .leftJoin(claimer, eq(claimer.id, queueItems.claimedById))
    .leftJoin(actions, eq(actions.id, queueItems.closedByActionId))
    .leftJoin(decider, eq(decider.id, actions.actorId))
    .$dynamic();
}
