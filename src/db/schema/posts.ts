// Posts (opening posts and replies alike), their earlier texts, and the votes on them.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  doublePrecision,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';
import type { MemberId, PostId, RevisionId, SectionId, TopicId } from '../../domain/ids.ts';
import type { PostPurpose } from '../../domain/post-text.ts';
import type { State } from '../../domain/state.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { id, moment, ref, tsvector, weekOf } from './columns.ts';
import { members } from './members.ts';
import { derivedState } from './state.ts';
import { topics } from './topics.ts';

export const posts = pgTable(
  'posts',
  {
    id: id<PostId>(),
    topicId: ref<TopicId>()
      .notNull()
      .references((): AnyPgColumn => topics.id),
    /** The reply answered; null for the opening post and for top-level replies. */
    parentId: ref<PostId>().references((): AnyPgColumn => posts.id),
    /** The top-level reply above (or itself); null for the opening post. */
    branchId: ref<PostId>().references((): AnyPgColumn => posts.id),
    /** 0 for a top-level reply (and the opening post), 1 for what answers it, … */
    depth: smallint().notNull(),
    /** On a top-level reply: posts of its branch that have a place on the page, itself included. */
    branchSize: integer().notNull().default(1),
    /** Null: a former member. */
    authorId: ref<MemberId>().references(() => members.id),
    postedAt: moment().notNull(),
    bodyMd: text().notNull(),
    bodyHtml: text().$type<SafeHtml>().notNull(),
    rendererVersion: smallint().notNull(),
    /** Counted votes plus base_score. */
    score: integer().notNull().default(0),
    /** Imported without votes; may be negative. */
    baseScore: integer().notNull().default(0),
    flagWeight: doublePrecision().notNull().default(0),
    bestRank: doublePrecision().notNull().default(0),
    purpose: text().$type<PostPurpose>(),
    /** Declared by the author. */
    modelWritten: boolean().notNull().default(false),
    /** Random, from the composer: a doubled submit answers with the first post. */
    formId: text(),
    version: integer().notNull().default(1),
    editedAt: moment(),
    heldAt: moment(),
    withdrawnAt: moment(),
    hiddenAt: moment(),
    state: text().$type<State>().notNull().generatedAlwaysAs(derivedState),
    /**
     * Of an opening post: what its topic is found by beside the text, weighted (title A, tags B, sources C). Kept by triggers
     * (docs/decisions/021-search.md), since the features that change one of these know nothing of the others.
     */
    topicSearch: tsvector(),
    search: tsvector()
      .notNull()
      .generatedAlwaysAs(
        sql`coalesce(topic_search, ''::tsvector) || to_tsvector('english', translate(body_md, '<', ' '))`,
      ),
    /**
     * Of the post's topic: its section, and from when it counts (db/ranks.ts). Copied by triggers, so that one index answers
     * words together with where and when (docs/decisions/021-search.md). Searching reads them, and the page of a member the section.
     */
    sectionId: ref<SectionId>(),
    topicCountsFrom: moment(),
    originKey: text(),
  },
  (t) => [
    index('posts_topic').on(t.topicId, t.id),
    index('posts_branches_best')
      .on(t.topicId, t.bestRank.desc().nullsFirst(), t.id)
      .where(sql`parent_id is null and branch_id is not null`),
    index('posts_branches')
      .on(t.topicId, t.id)
      .where(sql`parent_id is null and branch_id is not null`),
    index('posts_branch').on(t.branchId, t.id),
    index('posts_parent').on(t.parentId),
    index('posts_author').on(t.authorId, t.postedAt.desc().nullsFirst(), t.id.desc().nullsFirst()),
    index('posts_new')
      .on(t.postedAt.desc().nullsFirst(), t.id.desc().nullsFirst())
      .where(sql`state = 'visible'`),
    index('posts_withdrawn')
      .on(t.withdrawnAt)
      .where(sql`withdrawn_at is not null`),
    index('posts_search').using('gin', t.search, t.sectionId, weekOf(t.postedAt), weekOf(t.topicCountsFrom)),
    uniqueIndex('posts_form_unique').on(t.authorId, t.formId),
    uniqueIndex('posts_origin_key_unique').on(t.originKey),
    uniqueIndex('posts_opening_unique')
      .on(t.topicId)
      .where(sql`branch_id is null`),
    check(
      'posts_place',
      sql`(${t.depth} > 0) = (${t.parentId} is not null) and (${t.depth} = 0 or ${t.branchId} is not null)`,
    ),
    check('posts_depth', sql`${t.depth} between 0 and 60`),
    check('posts_purpose', sql`${t.purpose} in ('source', 'correction', 'question', 'analysis')`),
    check('posts_branch_size', sql`${t.branchSize} >= 0`),
    check('posts_flag_weight', sql`${t.flagWeight} >= 0`),
    check('posts_body_length', sql`char_length(${t.bodyMd}) <= 100000`),
  ],
);

export const revisions = pgTable(
  'revisions',
  {
    id: id<RevisionId>(),
    postId: ref<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    /** The version of the post that this was. */
    version: integer().notNull(),
    /** The title as it was; null when only the text changed, and for replies. */
    title: text(),
    bodyMd: text().notNull(),
    /** When this text was replaced, and by whom. */
    replacedAt: moment().notNull(),
    replacedById: ref<MemberId>().references(() => members.id),
    /** Replaced within the silent window after posting: kept, but not shown to others. */
    silent: boolean().notNull().default(false),
    /** Set when a moderator blanked this text. */
    blankedAt: moment(),
  },
  (t) => [
    uniqueIndex('revisions_version_unique').on(t.postId, t.version),
    index('revisions_replaced_by').on(t.replacedById),
  ],
);

export const votes = pgTable(
  'votes',
  {
    memberId: ref<MemberId>()
      .notNull()
      .references(() => members.id, { onDelete: 'cascade' }),
    postId: ref<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    castAt: moment().notNull(),
    /** False for a vote that is kept but does not count (a ring, a suspended member). */
    counted: boolean().notNull().default(true),
  },
  (t) => [primaryKey({ columns: [t.memberId, t.postId] }), index('votes_post').on(t.postId)],
);
