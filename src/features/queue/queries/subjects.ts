// What queue items are about: posts in their context, sources, topics, and decisions that are appealed against.
import { and, eq, inArray, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import {
  actions,
  appeals,
  events,
  members,
  posts,
  sections,
  sources,
  topics,
} from '../../../db/schema/index.ts';
import { readableText } from '../../../db/visibility.ts';
import type { ActionId, PostId, SourceId, TopicId } from '../../../domain/ids.ts';
import type { HoldCause } from '../../../domain/policy/trust.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';

export type PostRow = Awaited<ReturnType<typeof listPosts>>[number];
export type SourceRow = Awaited<ReturnType<typeof listSourcesAtHand>>[number];
export type TopicRow = Awaited<ReturnType<typeof listTopicsAtHand>>[number];
export type AppealRow = Awaited<ReturnType<typeof listAppeals>>[number];

const author = alias(members, 'author');
const parent = alias(posts, 'parent');
const parentAuthor = alias(members, 'parent_author');

const topicColumns = {
  id: topics.id,
  slug: topics.slug,
  title: topics.title,
  kind: topics.kind,
  state: topics.state,
  authorId: topics.authorId,
  postedAt: topics.postedAt,
  lockedAt: topics.lockedAt,
  mergedIntoId: topics.mergedIntoId,
  replyCount: topics.replyCount,
  replierCount: topics.replierCount,
  section: sections.name,
  sectionSlug: sections.slug,
};

/** Posts with where they stand and what they answer. Texts that their authors withdrew are read by nobody. */
export async function listPosts(db: Reader, viewer: Viewer, ids: readonly PostId[]) {
  if (ids.length === 0) return [];
  return db
    .select({
      id: posts.id,
      version: posts.version,
      state: posts.state,
      postedAt: posts.postedAt,
      authorId: posts.authorId,
      authorName: author.name,
      score: posts.score,
      modelWritten: posts.modelWritten,
      bodyHtml: sql<SafeHtml | null>`${readableText(viewer, posts.bodyHtml)}`,
      isOpening: sql<boolean>`${posts.branchId} is null`,
      topic: topicColumns,
      parentAuthor: parentAuthor.name,
      parentHtml: sql<SafeHtml | null>`case when ${parent.state} = 'visible' then ${parent.bodyHtml} end`,
      links: sql<{ url: string; host: string }[]>`case when ${posts.branchId} is not null then '[]'::json
        else coalesce((select json_agg(json_build_object('url', ${sources.url}, 'host', ${sources.publisherHost}) order by ${sources.id})
          from ${sources} where ${sources.topicId} = ${topics.id} and ${sources.state} <> 'removed'), '[]'::json) end`,
      holdCause: sql<HoldCause | null>`(select ${events.data} ->> 'cause' from ${events}
        where ${events.postId} = ${posts.id} and ${events.kind} = 'post-held' order by ${events.id} desc limit 1)`,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(author, eq(author.id, posts.authorId))
    .leftJoin(parent, eq(parent.id, posts.parentId))
    .leftJoin(parentAuthor, eq(parentAuthor.id, parent.authorId))
    .where(inArray(posts.id, [...ids]));
}

/** Sources with their topics. */
export async function listSourcesAtHand(db: Reader, ids: readonly SourceId[]) {
  if (ids.length === 0) return [];
  const other = sql`select from sources other where other.topic_id = ${sources.topicId} and other.state <> 'removed'`;
  return db
    .select({
      id: sources.id,
      url: sources.url,
      host: sources.publisherHost,
      title: sources.title,
      role: sources.role,
      state: sources.state,
      wrapper: sources.wrapper,
      addedAt: sources.addedAt,
      addedById: sources.addedById,
      addedByName: author.name,
      isFirst: sql<boolean>`not exists (${other} and other.id < ${sources.id})`,
      sourceCount: sql<number>`(select count(*)::int from (${other}) as there)`,
      topic: topicColumns,
    })
    .from(sources)
    .innerJoin(topics, eq(topics.id, sources.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(author, eq(author.id, sources.addedById))
    .where(inArray(sources.id, [...ids]));
}

/** Topics about which something is suggested. */
export async function listTopicsAtHand(db: Reader, ids: readonly TopicId[]) {
  if (ids.length === 0) return [];
  return db
    .select({ ...topicColumns, authorName: author.name })
    .from(topics)
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(author, eq(author.id, topics.authorId))
    .where(inArray(topics.id, [...ids]));
}

const actor = alias(members, 'actor');
const appellant = alias(members, 'appellant');

/** Decisions that are appealed against, each with the appeal. */
export async function listAppeals(db: Reader, actionIds: readonly ActionId[]) {
  if (actionIds.length === 0) return [];
  return db
    .select({
      actionId: actions.id,
      kind: actions.kind,
      at: actions.at,
      rule: actions.rule,
      reason: actions.reason,
      automatic: actions.automatic,
      actorId: actions.actorId,
      actorName: actor.name,
      /** The post acted upon; of a topic its opening post. */
      postId:
        sql<PostId | null>`case when ${actions.memberId} is null then coalesce(${actions.postId}, ${topics.openingPostId}) end`.mapWith(
          posts.id,
        ),
      text: appeals.text,
      openedAt: appeals.openedAt,
      memberId: appeals.memberId,
      memberName: appellant.name,
    })
    .from(actions)
    .innerJoin(appeals, eq(appeals.actionId, actions.id))
    .innerJoin(appellant, eq(appellant.id, appeals.memberId))
    .leftJoin(actor, eq(actor.id, actions.actorId))
    .leftJoin(topics, and(eq(topics.id, actions.topicId)))
    .where(inArray(actions.id, [...actionIds]));
}
