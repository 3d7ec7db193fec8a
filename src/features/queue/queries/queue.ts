// The moderators' work: a page of open items with what they are about, who wrote it and who flagged it.
import { and, asc, eq, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { decodeCursor, encodeCursor } from '../../../db/cursor.ts';
import {
  actions,
  events,
  members,
  posts,
  queueItems,
  sections,
  sources,
  topics,
} from '../../../db/schema/index.ts';
import { readableText } from '../../../db/visibility.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { QueueItemId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { HoldCause } from '../../../domain/policy/trust.ts';
import type { Member, Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';

export const QUEUE_TABS = ['flagged', 'held'] as const;
export type QueueTab = (typeof QUEUE_TABS)[number];

/** Where a page of the queue begins: after this item, which another moderator holds or not. */
export interface QueueCursor {
  readonly taken: boolean;
  readonly openedAt: string;
  readonly id: number;
}

export type QueueItemRow = Awaited<ReturnType<typeof selectItems>>[number];

export interface QueuePageRows {
  readonly rows: readonly QueueItemRow[];
  readonly next: QueueCursor | undefined;
}

/** One page of the open items of a kind, oldest first; those that another moderator holds come after all others. */
export async function listQueue(
  db: Reader,
  {
    viewer,
    tab,
    cursor,
    now,
    limit = PAGES.list,
  }: { viewer: Member; tab: QueueTab; cursor: QueueCursor | undefined; now: Date; limit?: number },
): Promise<QueuePageRows> {
  const taken = sql<boolean>`coalesce(${queueItems.claimedUntil} > ${now.toISOString()}::timestamptz and ${queueItems.claimedById} <> ${viewer.id}, false)`;
  const rows = await selectItems(db, viewer, taken)
    .where(
      and(
        eq(queueItems.kind, tab),
        isNull(queueItems.closedAt),
        cursor &&
          sql`(${taken}, ${queueItems.openedAt}, ${queueItems.id}) > (${cursor.taken}, ${cursor.openedAt}::timestamptz, ${cursor.id}::bigint)`,
      ),
    )
    .orderBy(asc(taken), asc(queueItems.openedAt), asc(queueItems.id))
    .limit(limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    rows: shown,
    next: last && { taken: last.taken, openedAt: last.openedAt.toISOString(), id: last.id },
  };
}

/** One item about a post, open or closed. */
export async function findQueueItem(
  db: Reader,
  viewer: Member,
  id: QueueItemId,
): Promise<QueueItemRow | undefined> {
  const [row] = await selectItems(db, viewer, sql<boolean>`false`).where(eq(queueItems.id, id));
  return row;
}

/** As it stands in `?after=`. */
export function encodeQueueCursor({ taken, openedAt, id }: QueueCursor): string {
  return `${taken ? 'taken' : 'free'}.${encodeCursor({ key: openedAt, id })}`;
}

/** @returns undefined for anything encodeQueueCursor did not write. */
export function decodeQueueCursor(text: unknown): QueueCursor | undefined {
  const [, place, rest] = typeof text === 'string' ? (/^(taken|free)\.(.+)$/.exec(text) ?? []) : [];
  const cursor = decodeCursor(rest, 'moment');
  return cursor && { taken: place === 'taken', openedAt: String(cursor.key), id: cursor.id };
}

/** How many open items there are of each kind. */
export async function countQueue(db: Reader): Promise<Readonly<Record<QueueTab, number>>> {
  const rows = await db
    .select({ kind: queueItems.kind, n: sql<number>`count(*)::int` })
    .from(queueItems)
    .where(and(isNull(queueItems.closedAt), inArray(queueItems.kind, [...QUEUE_TABS])))
    .groupBy(queueItems.kind);
  const of = (tab: QueueTab) => rows.find(({ kind }) => kind === tab)?.n ?? 0;
  return { flagged: of('flagged'), held: of('held') };
}

const author = alias(members, 'author');
const claimer = alias(members, 'claimer');
const parent = alias(posts, 'parent');
const parentAuthor = alias(members, 'parent_author');
const decider = alias(members, 'decider');

function selectItems(db: Reader, viewer: Viewer, taken: SQL<boolean>) {
  return db
    .select({
      id: queueItems.id,
      kind: queueItems.kind,
      version: queueItems.version,
      openedAt: queueItems.openedAt,
      closedAt: queueItems.closedAt,
      taken,
      claimedById: queueItems.claimedById,
      claimedByName: claimer.name,
      claimedUntil: queueItems.claimedUntil,
      /** The decision that closed it. */
      decision: { kind: sql<ActionKind>`${actions.kind}`, reason: actions.reason, by: decider.name },
      post: {
        id: posts.id,
        version: posts.version,
        state: posts.state,
        postedAt: posts.postedAt,
        authorId: posts.authorId,
        authorName: author.name,
        score: posts.score,
        bodyHtml: sql<SafeHtml | null>`${readableText(viewer, posts.bodyHtml)}`,
        isOpening: sql<boolean>`${posts.branchId} is null`,
        hasReplies: sql<boolean>`exists (select from ${posts} as reply where reply.parent_id = ${posts.id})`,
      },
      topic: {
        id: topics.id,
        slug: topics.slug,
        title: topics.title,
        state: topics.state,
        authorId: topics.authorId,
        lockedAt: topics.lockedAt,
        section: sections.name,
        sectionSlug: sections.slug,
      },
      parentAuthor: parentAuthor.name,
      parentHtml: sql<SafeHtml | null>`case when ${parent.state} = 'visible' then ${parent.bodyHtml} end`,
      links: sql<{ url: string; host: string }[]>`case when ${posts.branchId} is not null then '[]'::json
        else coalesce((select json_agg(json_build_object('url', ${sources.url}, 'host', ${sources.publisherHost}) order by ${sources.id})
          from ${sources} where ${sources.topicId} = ${topics.id} and ${sources.state} <> 'removed'), '[]'::json) end`,
      holdCause: sql<HoldCause | null>`(select ${events.data} ->> 'cause' from ${events}
        where ${events.postId} = ${posts.id} and ${events.kind} = 'post-held' order by ${events.id} desc limit 1)`,
    })
    .from(queueItems)
    .innerJoin(posts, eq(posts.id, queueItems.postId))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(author, eq(author.id, posts.authorId))
    .leftJoin(claimer, eq(claimer.id, queueItems.claimedById))
    .leftJoin(parent, eq(parent.id, posts.parentId))
    .leftJoin(parentAuthor, eq(parentAuthor.id, parent.authorId))
    .leftJoin(actions, eq(actions.id, queueItems.closedByActionId))
    .leftJoin(decider, eq(decider.id, actions.actorId))
    .$dynamic();
}
