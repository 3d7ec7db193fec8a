// Puts what a feed brought among the incoming news, each item with the others that tell the same story: the same
// address in another feed, or a headline much like it within a week.
import { createHash } from 'node:crypto';
import { and, between, desc, eq, gte, inArray, isNull, lt, ne, notInArray, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { newsItems, newsStories } from '../../db/schema/index.ts';
import type { NewsFeedId, NewsStoryId } from '../../domain/ids.ts';
import { NEWS, SIMILAR_TITLE, WINDOWS } from '../../domain/limits.ts';
import { URL_KEY_VERSION, urlKey, type UrlKey } from '../../domain/url-key.ts';
import { isWrapper } from '../../domain/wrapper.ts';
import type { FeedItem } from '../../lib/feed-reader.ts';
import { itemAt } from './queries.ts';

/** An item that can stand among the news. */
interface News extends FeedItem {
  readonly guidHash: string;
  readonly address: UrlKey;
  /** When it was published, or found. */
  readonly at: Date;
}

export interface TakenIn {
  readonly added: number;
  readonly changed: number;
  /** Items whose address no topic could have. */
  readonly unusable: number;
}

/** Adds what is new and not old, corrects what changed. Reading the same again changes nothing. */
export async function takeIn(
  tx: Tx,
  feedId: NewsFeedId,
  items: readonly FeedItem[],
  now: Date,
): Promise<TakenIn> {
  // One feed after the other: two that bring the same story at the same moment would make two of it.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('incoming news', 0))`);
  const usable = new Map(
    items.flatMap((item) => newsOf(item, now) ?? []).map((news) => [news.guidHash, news]),
  );
  await forgetUnlisted(tx, feedId, [...usable.keys()], now);
  const known = await knownItems(tx, feedId, [...usable.keys()]);
  let added = 0;
  let changed = 0;
  for (const news of usable.values()) {
    const stored = known.get(news.guidHash);
    if (stored === undefined) {
      if (now.getTime() - news.at.getTime() >= NEWS.kept) continue;
      await add(tx, feedId, news, now);
      added++;
    } else if (
      stored.title !== news.title ||
      stored.url !== news.address.shown ||
      stored.summary !== news.summary
    ) {
      await tx.update(newsItems).set(columnsOf(news)).where(eq(newsItems.id, stored.id));
      changed++;
    }
  }
  return { added, changed, unusable: items.filter(({ url }) => !urlKey(url).ok).length };
}

function newsOf(item: FeedItem, now: Date): News | undefined {
  const address = urlKey(item.url);
  if (!address.ok) return undefined;
  const publishedAt = believable(item.publishedAt, now);
  const guidHash = createHash('sha256')
    .update(item.guid ?? `key:${address.key}`)
    .digest('hex');
  return { ...item, publishedAt, guidHash, address, at: publishedAt ?? now };
}

/** Clocks differ by hours, and what they date ahead is of now; what lies further ahead was never dated. */
function believable(publishedAt: Date | null, now: Date): Date | null {
  if (publishedAt === null || publishedAt.getTime() > now.getTime() + NEWS.ahead) return null;
  return publishedAt < now ? publishedAt : now;
}

async function knownItems(tx: Tx, feedId: NewsFeedId, hashes: readonly string[]) {
  const { id, guidHash, url, title, summary } = newsItems;
  const rows = await tx
    .select({ id, guidHash, url, title, summary })
    .from(newsItems)
    .where(and(eq(newsItems.feedId, feedId), inArray(guidHash, [...hashes])));
  return new Map(rows.map((row) => [row.guidHash, row]));
}

/**
 * An item without a date is as old as its finding, and would be found again if it were forgotten while its feed still
 * lists it. So the feed's own next reading forgets it, not the sweep.
 */
async function forgetUnlisted(
  tx: Tx,
  feedId: NewsFeedId,
  listed: readonly string[],
  now: Date,
): Promise<void> {
  const tooOld = lt(newsItems.foundAt, new Date(now.getTime() - NEWS.kept));
  await tx
    .delete(newsItems)
    .where(
      and(
        eq(newsItems.feedId, feedId),
        isNull(newsItems.publishedAt),
        tooOld,
        notInArray(newsItems.guidHash, [...listed]),
      ),
    );
}

async function add(tx: Tx, feedId: NewsFeedId, news: News, now: Date): Promise<void> {
  const found = await findStory(tx, feedId, news);
  if (found !== undefined) {
    await tx
      .update(newsStories)
      .set({ lastItemAt: news.at })
      .where(and(eq(newsStories.id, found), lt(newsStories.lastItemAt, news.at)));
  }
  const storyId = found ?? (await beginStory(tx, news.at));
  await tx
    .insert(newsItems)
    .values({ feedId, storyId, foundAt: now, guidHash: news.guidHash, ...columnsOf(news) });
}

async function beginStory(tx: Tx, at: Date): Promise<NewsStoryId> {
  const [story] = await tx.insert(newsStories).values({ lastItemAt: at }).returning({ id: newsStories.id });
  if (!story) throw new Error('PostgreSQL returned no row for an insert.');
  return story.id;
}

/**
 * Two items of one feed at one address are two pieces of news on one page (a list of changes), and two like headlines
 * of one publisher are two pieces of news of one kind ("Version 2.1", "Version 2.2"): neither is the same story. What
 * an aggregator links to may be anybody's.
 */
async function findStory(tx: Tx, feedId: NewsFeedId, news: News): Promise<NewsStoryId | undefined> {
  const { storyId, title, host, wrapper } = newsItems;
  const likeness = sql<number>`similarity(${title}, ${news.title})`;
  const [same] = await tx
    .select({ storyId })
    .from(newsItems)
    .where(and(eq(newsItems.urlKey, news.address.key), ne(newsItems.feedId, feedId)))
    .orderBy(desc(likeness), desc(newsItems.id))
    .limit(1);
  if (same) return same.storyId;
  const near = [-1, 1].map((side) => new Date(news.at.getTime() + side * WINDOWS.similarTitle).toISOString());
  const [alike] = await tx
    .select({ storyId })
    .from(newsItems)
    .where(
      and(
        // The operator is what the trigram index answers; its threshold is lower than ours.
        sql`${title} % ${news.title}`,
        gte(likeness, SIMILAR_TITLE),
        between(itemAt, sql`${near[0]}::timestamptz`, sql`${near[1]}::timestamptz`),
        or(ne(host, news.address.host), eq(wrapper, true)),
      ),
    )
    .orderBy(desc(likeness), desc(newsItems.id))
    .limit(1);
  return alike?.storyId;
}

function columnsOf({ address, title, summary, author, publishedAt }: News) {
  return {
    url: address.shown,
    urlKey: address.key,
    keyVersion: URL_KEY_VERSION,
    host: address.host,
    wrapper: isWrapper(address.shown),
    ...{ title, summary, author, publishedAt },
  };
}
