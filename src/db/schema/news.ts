// Incoming news: the feeds that admins configured, and what they brought.
import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgTable, smallint, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { MemberId, NewsFeedId, NewsItemId, NewsStoryId } from '../../domain/ids.ts';
import { id, moment, ref } from './columns.ts';
import { members } from './members.ts';

export const newsFeeds = pgTable(
  'news_feeds',
  {
    id: id<NewsFeedId>(),
    url: text().notNull(),
    /** One spelling per address (domain/url-key.ts), so that a feed is not configured twice. */
    urlKey: text().notNull(),
    /** As admins call it; before the first reading the host. */
    title: text().notNull(),
    addedById: ref<MemberId>().references(() => members.id, { onDelete: 'set null' }),
    addedAt: moment().notNull(),
    pausedAt: moment(),
    /** What the server wants back to say "nothing new" (RFC 9110, sections 8.8.2 and 8.8.3). */
    etag: text(),
    lastModified: text(),
    lastReadAt: moment(),
    lastOkAt: moment(),
    nextReadAt: moment().notNull(),
    /** Readings that failed since the last that did not. */
    failures: integer().notNull().default(0),
    /** What admins should know of the last reading: why it failed, or what it found odd; null when there is nothing. */
    fault: text(),
  },
  (t) => [
    uniqueIndex('news_feeds_url_key_unique').on(t.urlKey),
    index('news_feeds_next_read').on(t.nextReadAt),
    index('news_feeds_added_by').on(t.addedById),
  ],
);

/** Items that tell the same story, from whichever feeds. */
export const newsStories = pgTable(
  'news_stories',
  {
    id: id<NewsStoryId>(),
    /** When its newest item came: stories are listed by it. */
    lastItemAt: moment().notNull(),
  },
  (t) => [index('news_stories_last_item').on(t.lastItemAt.desc().nullsFirst(), t.id.desc().nullsFirst())],
);

export const newsItems = pgTable(
  'news_items',
  {
    id: id<NewsItemId>(),
    feedId: ref<NewsFeedId>()
      .notNull()
      .references(() => newsFeeds.id, { onDelete: 'cascade' }),
    storyId: ref<NewsStoryId>()
      .notNull()
      .references(() => newsStories.id, { onDelete: 'cascade' }),
    /** What the feed calls it, as a digest: feeds may use whole addresses, or texts. */
    guidHash: text().notNull(),
    url: text().notNull(),
    urlKey: text().notNull(),
    keyVersion: smallint().notNull(),
    host: text().notNull(),
    wrapper: boolean().notNull().default(false),
    title: text().notNull(),
    /** Plain text, short. */
    summary: text().notNull().default(''),
    author: text().notNull().default(''),
    publishedAt: moment(),
    foundAt: moment().notNull(),
  },
  (t) => [
    uniqueIndex('news_items_guid_unique').on(t.feedId, t.guidHash),
    index('news_items_story').on(t.storyId, t.id),
    index('news_items_url_key').on(t.urlKey),
    index('news_items_found').on(t.foundAt),
    index('news_items_title_trigrams').using('gin', sql`${t.title} gin_trgm_ops`),
  ],
);
