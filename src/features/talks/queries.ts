// What was said inside queue items, and what an item is about as the member whom it concerns may know it.
import { and, asc, eq, gte, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { concernedByItem } from '../../db/concerned.ts';
import type { Reader } from '../../db/connection.ts';
import {
  members,
  posts,
  queueItems,
  type QueueItemKind,
  queueMessages,
  sources,
  topics,
} from '../../db/schema/index.ts';
import type { ActionId, MemberId, PostId, QueueItemId, QueueMessageId, TopicId } from '../../domain/ids.ts';
import type { TalkFacts } from '../../domain/policy/talks.ts';
import { startOfDay } from '../../domain/times.ts';

export interface TalkRow {
  readonly id: QueueMessageId;
  readonly itemId: QueueItemId;
  readonly at: Date;
  readonly body: string;
  readonly toMember: boolean;
  /** Null: a former member. */
  readonly by: string | null;
  readonly byId: MemberId | null;
  /** Of moderators, for nameOfModerator. */
  readonly byNumber: number | null;
  /** Whether it was said by a moderator, and not by the member whom the item concerns. */
  readonly byModerator: boolean;
}

/** All that was said in these items, oldest first: for moderators. The member reads what is `toMember`. */
export async function listTalk(db: Reader, itemIds: readonly QueueItemId[]): Promise<TalkRow[]> {
  if (itemIds.length === 0) return [];
  const { id, queueItemId: itemId, at, body, toMember, authorId: byId } = queueMessages;
  const rows = await db
    .select({
      ...{ id, itemId, at, body, toMember, byId },
      by: members.name,
      byNumber: members.moderatorNumber,
      concernedId: concernedByItem(),
    })
    .from(queueMessages)
    .innerJoin(queueItems, eq(queueItems.id, queueMessages.queueItemId))
    .leftJoin(members, eq(members.id, queueMessages.authorId))
    .where(inArray(queueMessages.queueItemId, [...itemIds]))
    .orderBy(asc(queueMessages.id));
  return rows.map(({ concernedId, ...row }) => ({
    ...row,
    byModerator: row.byId !== null && row.byId !== concernedId,
  }));
}

export interface TalkItem extends TalkFacts {
  readonly id: QueueItemId;
  readonly kind: QueueItemKind;
  readonly concernedName: string | null;
  /** What it is about: one of these. */
  readonly postId: PostId | null;
  readonly topicId: TopicId | null;
  readonly sourceHost: string | null;
  readonly appealedActionId: ActionId | null;
  /** The action that closed it; null: it is open, or ended without one. */
  readonly closedByActionId: ActionId | null;
}

const concerned = alias(members, 'concerned');

/** The item in which somebody talks; undefined when there is none. */
export async function findTalkItem(db: Reader, id: QueueItemId): Promise<TalkItem | undefined> {
  const { kind, postId, appealedActionId, closedAt, closedByActionId } = queueItems;
  const [row] = await db
    .select({
      ...{ id: queueItems.id, kind, postId, appealedActionId, closedAt, closedByActionId },
      topicId: sql<TopicId | null>`coalesce(${topics.id}, ${posts.topicId}, ${sources.topicId})`.mapWith(
        topics.id,
      ),
      sourceHost: sources.publisherHost,
      concernedId: concernedByItem(),
      concernedName: concerned.name,
    })
    .from(queueItems)
    .leftJoin(posts, eq(posts.id, queueItems.postId))
    .leftJoin(sources, eq(sources.id, queueItems.sourceId))
    .leftJoin(topics, eq(topics.id, queueItems.topicId))
    .leftJoin(concerned, eq(concerned.id, concernedByItem()))
    .where(eq(queueItems.id, id));
  return row;
}

/** Whether a moderator has written to the member in this item. */
export function isAddressed(talk: readonly TalkRow[]): boolean {
  return talk.some(({ toMember, byModerator, byId }) => toMember && (byModerator || byId === null));
}

/** How many messages a member wrote in talks since midnight (UTC). */
export async function countMessagesToday(db: Reader, memberId: MemberId, now: Date): Promise<number> {
  return db.$count(
    queueMessages,
    and(eq(queueMessages.authorId, memberId), gte(queueMessages.at, startOfDay(now))),
  );
}
