// The articles that topics are about, what was read of them, and under which addresses they are known.
import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  smallint,
  text,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { HeadlineId, ImageId, MemberId, PostId, SourceId, TopicId } from '../../domain/ids.ts';
import type { SourceRole } from '../../domain/source-roles.ts';
import { bytea, id, moment, ref } from './columns.ts';
import { members } from './members.ts';
import { posts } from './posts.ts';
import { topics } from './topics.ts';

/** Pictures of articles, made small, always WebP: remote ones are never linked (DESIGN section 10). */
export const images = pgTable(
  'images',
  {
    id: id<ImageId>(),
    /** SHA-256 of the bytes in hex: names the file, and keeps one copy of what many articles show. */
    hash: text().notNull(),
    bytes: bytea().notNull(),
    width: integer().notNull(),
    height: integer().notNull(),
    madeAt: moment().notNull(),
  },
  (t) => [uniqueIndex('images_hash_unique').on(t.hash)],
);

export type SourceState = 'live' | 'dead' | 'removed';

export const sources = pgTable(
  'sources',
  {
    id: id<SourceId>(),
    topicId: ref<TopicId>()
      .notNull()
      .references(() => topics.id, { onDelete: 'cascade' }),
    addedById: ref<MemberId>().references(() => members.id),
    addedAt: moment().notNull(),
    /** As given, tracking parameters removed: what readers are sent to. */
    url: text().notNull(),
    /** Cleaned hard for comparison (domain/url-key.ts), with the version of the rules that made it. */
    urlKey: text().notNull(),
    keyVersion: smallint().notNull(),
    publisherHost: text().notNull(),
    publisher: text(),
    role: text().$type<SourceRole>().notNull().default('report'),
    title: text(),
    description: text(),
    /** Who wrote the article, as the page says it. */
    author: text(),
    /** BCP 47, as the page says it. */
    language: text(),
    imageId: ref<ImageId>().references(() => images.id),
    publishedAt: moment(),
    /** Readers are asked to pay, or to sign up, for the whole of it. */
    paywall: boolean().notNull().default(false),
    /** The link is an aggregator's and hides the publisher. */
    wrapper: boolean().notNull().default(false),
    state: text().$type<SourceState>().notNull().default('live'),
    /** When the page was last asked for. */
    fetchedAt: moment(),
    originKey: text(),
  },
  (t) => [
    index('sources_topic').on(t.topicId),
    index('sources_url_key').on(t.urlKey),
    index('sources_publisher_host').on(t.publisherHost, t.topicId),
    index('sources_added_by').on(t.addedById),
    index('sources_image').on(t.imageId),
    uniqueIndex('sources_origin_key_unique').on(t.originKey),
    check(
      'sources_role',
      sql`${t.role} in ('primary', 'first_report', 'report', 'syndicated', 'analysis', 'free_copy')`,
    ),
    check('sources_state', sql`${t.state} in ('live', 'dead', 'removed')`),
    check('sources_url_scheme', sql`${t.url} ~ '^https?://'`),
  ],
);

export type AliasKind = 'wrapper' | 'redirect' | 'canonical';

/** Other addresses of the same article: the aggregator's it was posted with, where it redirects, what it calls itself. */
export const sourceAliases = pgTable(
  'source_aliases',
  {
    sourceId: ref<SourceId>()
      .notNull()
      .references(() => sources.id, { onDelete: 'cascade' }),
    kind: text().$type<AliasKind>().notNull(),
    url: text().notNull(),
    urlKey: text().notNull(),
    keyVersion: smallint().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.sourceId, t.kind] }),
    index('source_aliases_url_key').on(t.urlKey),
    check('source_aliases_kind', sql`${t.kind} in ('wrapper', 'redirect', 'canonical')`),
  ],
);

/** Every headline that an article was seen with: publishers change them without saying so. */
export const sourceHeadlines = pgTable(
  'source_headlines',
  {
    id: id<HeadlineId>(),
    sourceId: ref<SourceId>()
      .notNull()
      .references(() => sources.id, { onDelete: 'cascade' }),
    title: text().notNull(),
    seenAt: moment().notNull(),
  },
  (t) => [index('source_headlines_source').on(t.sourceId, t.id)],
);

/**
 * What was read of pages, by key: a form asks before there is a topic, and several sources share one reading. Swept;
 * what sources need of it is copied to them.
 */
export const pageReadings = pgTable(
  'page_readings',
  {
    urlKey: text().primaryKey(),
    keyVersion: smallint().notNull(),
    url: text().notNull(),
    askedAt: moment().notNull(),
    /** Null: not read yet. */
    readAt: moment(),
    /** Why nothing was read, in words for members; null when something was. */
    fault: text(),
    /** The page says that it is gone (404, 410), or there is no such host any more. */
    gone: boolean().notNull().default(false),
    /** Where redirects led to, and what the page calls its own address; null: nowhere else. */
    finalUrl: text(),
    canonicalUrl: text(),
    publisher: text(),
    title: text(),
    description: text(),
    author: text(),
    language: text(),
    imageId: ref<ImageId>().references(() => images.id),
    publishedAt: moment(),
    paywall: boolean().notNull().default(false),
  },
  (t) => [index('page_readings_asked').on(t.askedAt), index('page_readings_image').on(t.imageId)],
);

/** Hosts that pages were fetched from: what their robots.txt says, and when the next request may go there. */
export const fetchedHosts = pgTable('fetched_hosts', {
  host: text().primaryKey(),
  /** Null: there is none, or nothing is known yet. */
  robots: text(),
  robotsReadAt: moment(),
  nextFetchAt: moment().notNull(),
});

/** The addresses that posts link to, by key: "replies that cite it". */
export const citedAddresses = pgTable(
  'cited_addresses',
  {
    postId: ref<PostId>()
      .notNull()
      .references(() => posts.id, { onDelete: 'cascade' }),
    urlKey: text().notNull(),
    keyVersion: smallint().notNull(),
    url: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.postId, t.urlKey] }), index('cited_addresses_url_key').on(t.urlKey)],
);
