// The news as members see it, story by story, and the feeds as admins see them.
import { and, asc, desc, eq, gte, inArray, isNull, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { after, type Cursor } from '../../db/cursor.ts';
import { newsFeeds, newsItems, newsStories, sourceAliases, sources, topics } from '../../db/schema/index.ts';
import { unmutedNews, unmutedTopics } from '../../db/following.ts';
import { listedTopics } from '../../db/visibility.ts';
import type { NewsFeedId, NewsStoryId, TopicId } from '../../domain/ids.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { NEWS, SIMILAR_TITLE, WINDOWS } from '../../domain/limits.ts';

/** When an item was published, as far as its feed says so, or else found. */
export const itemAt: SQL<Date> = sql`coalesce(${newsItems.publishedAt}, ${newsItems.foundAt})`.mapWith(
  newsItems.foundAt,
);

export interface NewsItemRow {
  readonly storyId: NewsStoryId;
  readonly url: string;
  readonly host: string;
  readonly wrapper: boolean;
  readonly title: string;
  readonly summary: string;
  readonly at: Date;
}

export interface StoryRow {
  readonly id: NewsStoryId;
  readonly lastItemAt: Date;
  /** The oldest first. */
  readonly items: readonly NewsItemRow[];
  /** Where it is discussed. */
  readonly topic: {
    readonly id: TopicId;
    readonly slug: string;
    readonly title: string;
    readonly replyCount: number;
  } | null;
}

export interface StoryFilter {
  /** Stories that this feed has, too. */
  readonly feedId: NewsFeedId | undefined;
  /** Only those that no topic discusses. */
  readonly undiscussed: boolean;
  readonly limit: number;
}

/** One page of the stories of the last two weeks, the newest first. */
export async function listStories(
  db: Reader,
  viewer: Viewer,
  { feedId, undiscussed, limit }: StoryFilter,
  cursor: Cursor | undefined,
  now: Date,
): Promise<{ readonly rows: readonly StoryRow[]; readonly next: Cursor | undefined }> {
  const since = new Date(now.getTime() - NEWS.kept);
  const unmuted = unmutedNews(viewer, newsItems.host, newsItems.title);
  const topic = discussingTopic(db, viewer, now);
  const ofFeed = sql`exists (select from ${newsItems} where ${newsItems.storyId} = ${newsStories.id} and ${newsItems.feedId} = ${feedId})`;
  const stories = await db
    .select({
      id: newsStories.id,
      lastItemAt: newsStories.lastItemAt,
      topic: { id: topic.id, slug: topic.slug, title: topic.title, replyCount: topic.replyCount },
    })
    .from(newsStories)
    .leftJoinLateral(topic, sql`true`)
    .where(
      and(
        gte(newsStories.lastItemAt, since),
        after(cursor, newsStories.lastItemAt, newsStories.id),
        feedId === undefined ? undefined : ofFeed,
        undiscussed ? isNull(topic.id) : undefined,
        // Not discussed anywhere, or in a topic that the viewer wants to see; and reported by somebody they want to read.
        sql`coalesce(${topic.unmuted}, true)`,
        unmuted &&
          sql`exists (select from ${newsItems} where ${and(eq(newsItems.storyId, newsStories.id), unmuted)})`,
      ),
    )
    .orderBy(desc(newsStories.lastItemAt), desc(newsStories.id))
    .limit(limit + 1);
  const shown = stories.slice(0, limit);
  const items = await listItems(
    db,
    unmuted,
    shown.map(({ id }) => id),
    since,
  );
  const last = shown.at(-1);
  return {
    rows: shown
      .map((story) => ({ ...story, items: items.get(story.id) ?? [] }))
      .filter((story) => story.items.length > 0),
    next: stories.length > limit && last ? { key: last.lastItemAt.toISOString(), id: last.id } : undefined,
  };
}

/**
 * The newest topic that everyone can see about a story of the query around it: it has an address of one of the
 * story's items, or a title much like one of theirs from the same days. The same windows as when posting. Titles are
 * compared one by one: the topics of two weeks are few, and an index of trigrams answers for those of all years.
 */
function discussingTopic(db: Reader, viewer: Viewer, now: Date) {
  const alike = alias(topics, 'alike');
  const days = sql`make_interval(secs => ${WINDOWS.similarTitle / 1_000})`;
  const itsItems = sql`${newsItems.storyId} = ${newsStories.id}`;
  const unmuted = and(unmutedTopics(viewer)) ?? sql`true`;
  const { id, slug, title, replyCount } = topics;
  return db
    .select({ id, slug, title, replyCount, unmuted: sql<boolean>`${unmuted}`.as('unmuted') })
    .from(topics)
    .where(
      and(
        listedTopics(),
        gte(topics.postedAt, new Date(now.getTime() - WINDOWS.sameAddressWarned)),
        sql`${topics.id} in (
          select ${sources.topicId} from ${newsItems} join ${sources} on ${sources.urlKey} = ${newsItems.urlKey}
            where ${itsItems} and ${sources.state} <> 'removed'
          union all
          select ${sources.topicId} from ${newsItems}
            join ${sourceAliases} on ${sourceAliases.urlKey} = ${newsItems.urlKey}
            join ${sources} on ${sources.id} = ${sourceAliases.sourceId}
            where ${itsItems} and ${sources.state} <> 'removed'
          union all
          select ${alike.id} from ${newsItems} join ${topics} as ${sql.identifier('alike')}
            on ${alike.postedAt} between ${itemAt} - ${days} and ${itemAt} + ${days}
            where ${itsItems} and ${alike.state} = 'visible'
              and similarity(${alike.title}, ${newsItems.title}) >= ${SIMILAR_TITLE})`,
      ),
    )
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(1)
    .as('topic');
}

async function listItems(
  db: Reader,
  unmuted: SQL | undefined,
  storyIds: readonly NewsStoryId[],
  since: Date,
): Promise<ReadonlyMap<NewsStoryId, NewsItemRow[]>> {
  const { storyId, url, host, wrapper, title, summary } = newsItems;
  const rows = await db
    .select({ storyId, url, host, wrapper, title, summary, at: itemAt })
    .from(newsItems)
    .where(
      and(inArray(storyId, [...storyIds]), gte(itemAt, sql`${since.toISOString()}::timestamptz`), unmuted),
    )
    .orderBy(asc(itemAt), asc(newsItems.id));
  return Map.groupBy(rows, (row) => row.storyId);
}

export interface FeedName {
  readonly id: NewsFeedId;
  readonly title: string;
}

export function listFeedNames(db: Reader): Promise<readonly FeedName[]> {
  return db
    .select({ id: newsFeeds.id, title: newsFeeds.title })
    .from(newsFeeds)
    .orderBy(asc(sql`lower(${newsFeeds.title})`), asc(newsFeeds.id));
}

export type FeedRow = Pick<
  typeof newsFeeds.$inferSelect,
  'id' | 'url' | 'title' | 'pausedAt' | 'lastReadAt' | 'lastOkAt' | 'nextReadAt' | 'failures' | 'fault'
> & {
  /** Items that it brought in the last days. */
  readonly recent: number;
};

/** All feeds with how they are, by name. */
export function listFeeds(db: Reader, now: Date): Promise<readonly FeedRow[]> {
  const since = new Date(now.getTime() - NEWS.recent);
  const { id, url, title, pausedAt, lastReadAt, lastOkAt, nextReadAt, failures, fault } = newsFeeds;
  return db
    .select({
      ...{ id, url, title, pausedAt, lastReadAt, lastOkAt, nextReadAt, failures, fault },
      recent: db.$count(newsItems, and(eq(newsItems.feedId, newsFeeds.id), gte(newsItems.foundAt, since))),
    })
    .from(newsFeeds)
    .orderBy(asc(sql`lower(${newsFeeds.title})`), asc(newsFeeds.id));
}
