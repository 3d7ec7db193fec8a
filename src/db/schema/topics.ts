// Topics, who replied to them, and who has read how far.
import { sql } from 'drizzle-orm';
import {
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { MemberId, PostId, SectionId, TopicId } from '../../domain/ids.ts';
import type { TopicKind } from '../../domain/post-text.ts';
import type { State } from '../../domain/state.ts';
import { id, moment, ref, tsvector, xid8 } from './columns.ts';
import { members } from './members.ts';
import { posts } from './posts.ts';
import { sections } from './sections.ts';
import { derivedState } from './state.ts';

export const topics = pgTable(
  'topics',
  {
    id: id<TopicId>(),
    kind: text().$type<TopicKind>().notNull(),
    slug: text().notNull(),
    sectionId: ref<SectionId>()
      .notNull()
      .references(() => sections.id),
    /** Null: a former member. */
    authorId: ref<MemberId>().references(() => members.id),
    title: text().notNull(),
    titleEditedAt: moment(),
    /** Null only between the two inserts that make a topic, inside their transaction. */
    openingPostId: ref<PostId>().references((): AnyPgColumn => posts.id),
    postedAt: moment().notNull(),
    lockedAt: moment(),
    pinnedUntil: moment(),
    /** The topic this one follows up. */
    continuesId: ref<TopicId>().references((): AnyPgColumn => topics.id),
    /** The topic that this one's sources and replies went to; its address leads there. */
    mergedIntoId: ref<TopicId>().references((): AnyPgColumn => topics.id),
    /** Visible replies of all depths. */
    replyCount: integer().notNull().default(0),
    /** Distinct authors of visible replies other than the topic's own: a term of the hot rank. */
    replierCount: integer().notNull().default(0),
    /** The opening post's score, copied for the list indexes. */
    score: integer().notNull().default(0),
    hotRank: doublePrecision().notNull().default(0),
    /** What the hot rank counts from when it is not the topic's own age: that of a younger one merged into it. */
    rankedFrom: moment(),
    lastActivityAt: moment().notNull(),
    /** The transaction that last lowered one of its ranks: lists do not show it again below where it stood. */
    rankFellIn: xid8(),
    heldAt: moment(),
    withdrawnAt: moment(),
    /** Set while an active hide stands on the topic; kept by features/threads alone. */
    hiddenAt: moment(),
    state: text().$type<State>().notNull().generatedAlwaysAs(derivedState),
    search: tsvector()
      .notNull()
      .generatedAlwaysAs(sql`to_tsvector('english', translate(title, '<', ' '))`),
    originKey: text(),
  },
  (t) => [
    index('topics_hot')
      .on(t.hotRank.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_new')
      .on(t.postedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_active')
      .on(t.lastActivityAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_top')
      .on(t.score.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_section_hot')
      .on(t.sectionId, t.hotRank.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_section_new')
      .on(t.sectionId, t.postedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_section_active')
      .on(t.sectionId, t.lastActivityAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_section_top')
      .on(t.sectionId, t.score.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('topics_author').on(t.authorId, t.postedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('topics_digests')
      .on(t.postedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible' and kind = 'digest'`),
    index('topics_pinned')
      .on(t.pinnedUntil)
      .where(sql`pinned_until is not null`),
    // Few, so that searches know of each topic whether it is one of them without looking it up.
    index('topics_unlisted')
      .on(t.id)
      .where(sql`state <> 'visible' or merged_into_id is not null`),
    index('topics_locked')
      .on(t.id)
      .where(sql`locked_at is not null`),
    index('topics_opening_post').on(t.openingPostId),
    index('topics_continues').on(t.continuesId),
    index('topics_merged_into').on(t.mergedIntoId),
    index('topics_search').using('gin', t.search),
    // Words that members follow or mute are looked for as they stand: no stems, no stop words (db/following.ts).
    index('topics_title_words').using('gin', sql`to_tsvector('simple', translate(${t.title}, '</-', '   '))`),
    index('topics_title_trigrams').using('gin', sql`${t.title} gin_trgm_ops`),
    uniqueIndex('topics_origin_key_unique').on(t.originKey),
    check('topics_kind', sql`${t.kind} in ('link', 'text', 'digest')`),
    // Wider than the writers' cap of 150: imports keep titles of up to 300.
    check('topics_title_length', sql`char_length(${t.title}) between 1 and 300`),
    check('topics_slug_length', sql`char_length(${t.slug}) between 1 and 90`),
    check('topics_merged_elsewhere', sql`${t.mergedIntoId} <> ${t.id}`),
    check('topics_counts', sql`${t.replyCount} >= 0 and ${t.replierCount} >= 0`),
  ],
);

export const topicRepliers = pgTable(
  'topic_repliers',
  {
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    /** Visible replies of this member in this topic; rows that reach 0 are deleted. */
    n: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.topicId, t.memberId] }),
    index('topic_repliers_member').on(t.memberId),
    check('topic_repliers_n', sql`${t.n} > 0`),
  ],
);

export const visits = pgTable(
  'visits',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    /** The highest post id really shown. */
    seenPostId: ref<PostId>().notNull(),
    /** What it was before this visit, kept for 30 minutes so that a reload does not erase the marks. */
    previousSeenPostId: ref<PostId>().notNull(),
    visitedAt: moment().notNull(),
    /** When the visit before this one began: what changed since is told. Null: this is the first. */
    previousVisitedAt: moment(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.topicId] }), index('visits_topic').on(t.topicId)],
);

/**
 * How far a member has read in a branch of a topic that is longer than a page, beyond the topic's own mark: branches that
 * were not shown stay new. The branch carries its topic, so that nothing is to be done here when it is moved.
 */
export const branchVisits = pgTable(
  'branch_visits',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    branchId: ref<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    seenPostId: ref<PostId>().notNull(),
    previousSeenPostId: ref<PostId>().notNull(),
    visitedAt: moment().notNull(),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.branchId] }), index('branch_visits_branch').on(t.branchId)],
);
