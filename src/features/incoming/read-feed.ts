// One reading of one feed: claimed, asked for, judged, kept. Two workers do not read a feed at once, and if they did,
// nothing would stand there twice.
import { and, asc, eq, isNull, lte } from 'drizzle-orm';
import type { Database, Reader, Tx } from '../../db/connection.ts';
import { newsFeeds } from '../../db/schema/index.ts';
import type { NewsFeedId } from '../../domain/ids.ts';
import { NEWS } from '../../domain/limits.ts';
import { excerpt } from '../../lib/html.ts';
import type { SafeFetch } from '../../lib/safe-fetch/index.ts';
import { politeFetch } from '../links/index.ts';
import type { Answer } from './answers.ts';
import { takeIn, type TakenIn } from './take-in.ts';

type Feed = typeof newsFeeds.$inferSelect;

const ACCEPT =
  'application/atom+xml, application/rss+xml, application/rdf+xml, application/feed+json, application/json;q=0.9, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1';

/** Feeds that are due, those first that wait longest. */
export async function listDueFeeds(db: Reader, now: Date): Promise<readonly NewsFeedId[]> {
  const due = await db
    .select({ id: newsFeeds.id })
    .from(newsFeeds)
    .where(and(lte(newsFeeds.nextReadAt, now), isNull(newsFeeds.pausedAt)))
    .orderBy(asc(newsFeeds.nextReadAt))
    .limit(NEWS.mostFeeds);
  return due.map(({ id }) => id);
}

/**
 * Reads a feed that is due.
 * @returns what it brought; undefined when it was not due, is gone, or brought nothing that could be read
 */
export async function readDueFeed(
  services: { readonly db: Database; readonly safeFetch: SafeFetch },
  feedId: NewsFeedId,
  now: Date,
): Promise<TakenIn | undefined> {
  const { db } = services;
  const feed = await claim(db, feedId, now);
  if (!feed) return undefined;
  const order = { accept: ACCEPT, most: NEWS.mostBytes, headers: conditionsOf(feed) };
  const fetched = await politeFetch(services, feed.url, order, now);
  // What reads feeds of all kinds is large, and only this needs it.
  const { answerOf } = await import('./answers.ts');
  const answer = answerOf(fetched, feed, now);
  return db.transaction((tx) => keep(tx, feed, answer, now));
}

/** Puts the next reading off before this one begins: whoever else comes finds nothing due. */
async function claim(db: Database, feedId: NewsFeedId, now: Date): Promise<Feed | undefined> {
  const [claimed] = await db
    .update(newsFeeds)
    .set({ nextReadAt: new Date(now.getTime() + NEWS.readingLost) })
    .where(and(eq(newsFeeds.id, feedId), lte(newsFeeds.nextReadAt, now), isNull(newsFeeds.pausedAt)))
    .returning();
  return claimed;
}

function conditionsOf({ etag, lastModified }: Feed): Readonly<Record<string, string>> {
  return {
    ...(etag !== null && { 'if-none-match': etag }),
    ...(lastModified !== null && { 'if-modified-since': lastModified }),
  };
}

async function keep(tx: Tx, feed: Feed, answer: Answer, now: Date): Promise<TakenIn | undefined> {
  // An admin may have removed it meanwhile.
  const [stored] = await tx.select().from(newsFeeds).where(eq(newsFeeds.id, feed.id)).for('update');
  if (!stored) return undefined;
  const save = (change: Partial<Feed>) => tx.update(newsFeeds).set(change).where(eq(newsFeeds.id, feed.id));
  const after = (wait: number) => new Date(now.getTime() + wait);
  const well = { lastReadAt: now, lastOkAt: now, failures: 0 };
  switch (answer.kind) {
    case 'later':
      await save({ nextReadAt: answer.at });
      return undefined;
    case 'failed':
      await save({
        lastReadAt: now,
        failures: stored.failures + 1,
        fault: answer.reason,
        nextReadAt: after(answer.wait),
      });
      return undefined;
    case 'gone':
      await save({ lastReadAt: now, failures: stored.failures + 1, fault: answer.reason, pausedAt: now });
      return undefined;
    case 'unchanged':
      // What an earlier reading noted still holds; what an earlier failure said does not.
      await save({
        ...well,
        nextReadAt: after(answer.wait),
        fault: stored.failures > 0 ? null : stored.fault,
      });
      return { added: 0, changed: 0, unusable: 0 };
    case 'read': {
      const { feed: read, etag, lastModified, wait, note } = answer;
      const taken = await takeIn(tx, feed.id, read.items, now);
      const unusable = taken.unusable + read.unusable;
      await save({
        ...well,
        ...{ etag, lastModified, nextReadAt: after(wait) },
        title: titleOf(stored, read.title),
        fault: noteOf(unusable, read.items.length + read.unusable) ?? note,
      });
      return { ...taken, unusable };
    }
  }
}

/** Until an admin or the feed names it, it is called after its host. */
function titleOf({ title, url }: Feed, said: string | null): string {
  return said !== null && title === hostOf(url) ? excerpt(said, NEWS.feedTitle) : title;
}

/** What a feed is called before anybody has named it. */
export function hostOf(url: string): string {
  return (URL.parse(url)?.hostname ?? url).replace(/^www\./, '');
}

function noteOf(unusable: number, all: number): string | null {
  if (unusable === 0) return null;
  return unusable === all
    ? 'None of its items has both a headline and an address on the web.'
    : `${unusable} of its ${all} items have no headline or no address on the web, and were left out.`;
}
