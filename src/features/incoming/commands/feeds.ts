// Admins add feeds, pause, resume and remove them, and have one read at once. Where news comes from stands in the
// public log like every other setting.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { newsFeeds } from '../../../db/schema/index.ts';
import type { NewsFeedId } from '../../../domain/ids.ts';
import { mayAddFeed, mayConfigureFeeds, mayReadFeed } from '../../../domain/policy/incoming.ts';
import type { UrlKey } from '../../../domain/url-key.ts';
import type { Member } from '../../../domain/viewer.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { recordAction } from '../../log/index.ts';
import { recordEvent } from '../../threads/index.ts';
import { hostOf } from '../read-feed.ts';
import { dropEmptyStories } from '../sweep.ts';

export interface FeedAddition {
  readonly admin: Member;
  readonly address: UrlKey;
  /** '' until the feed says how it is called. */
  readonly title: string;
  readonly now: Date;
}

/** Adds a feed and has it read. @returns false when it is there already. */
export async function addFeed(tx: Tx, { admin, address, title, now }: FeedAddition): Promise<boolean> {
  authorize(mayAddFeed(admin, await tx.$count(newsFeeds), now));
  const url = address.shown;
  const name = title === '' ? hostOf(url) : title;
  const [added] = await tx
    .insert(newsFeeds)
    .values({ url, urlKey: address.key, title: name, addedById: admin.id, addedAt: now, nextReadAt: now })
    .onConflictDoNothing({ target: newsFeeds.urlKey })
    .returning({ id: newsFeeds.id });
  if (!added) return false;
  await enqueueReading(tx, added.id);
  await record(tx, admin, `A feed was added: ${name} (${url}).`, now);
  return true;
}

export interface FeedChange {
  readonly admin: Member;
  readonly id: NewsFeedId;
  readonly now: Date;
}

/** Nothing is read until it is resumed; what it brought stays. */
export async function pauseFeed(tx: Tx, { admin, id, now }: FeedChange): Promise<void> {
  authorize(mayConfigureFeeds(admin, now));
  const feed = await lockFeed(tx, id);
  if (feed.pausedAt !== null) return;
  await tx.update(newsFeeds).set({ pausedAt: now }).where(eq(newsFeeds.id, id));
  await record(tx, admin, `A feed was paused: ${feed.title} (${feed.url}).`, now);
}

/** Begins anew: earlier failures are forgotten, and it is read at once. */
export async function resumeFeed(tx: Tx, { admin, id, now }: FeedChange): Promise<void> {
  authorize(mayConfigureFeeds(admin, now));
  const feed = await lockFeed(tx, id);
  if (feed.pausedAt === null) return;
  const anew = { pausedAt: null, failures: 0, fault: null, nextReadAt: now };
  await tx.update(newsFeeds).set(anew).where(eq(newsFeeds.id, id));
  await enqueueReading(tx, id);
  await record(tx, admin, `A feed was resumed: ${feed.title} (${feed.url}).`, now);
}

/** Has a feed read now instead of when it is due. No setting changes, so that the log does not speak of it. */
export async function readFeedNow(tx: Tx, { admin, id, now }: FeedChange): Promise<void> {
  const feed = await lockFeed(tx, id);
  authorize(mayReadFeed(admin, feed, now));
  await tx.update(newsFeeds).set({ nextReadAt: now }).where(eq(newsFeeds.id, id));
  await enqueueReading(tx, id);
}

/** Removes a feed with all it brought. Topics that were made of it stay, of course. */
export async function removeFeed(tx: Tx, { admin, id, now }: FeedChange): Promise<void> {
  authorize(mayConfigureFeeds(admin, now));
  const feed = await lockFeed(tx, id);
  await tx.delete(newsFeeds).where(eq(newsFeeds.id, id));
  await dropEmptyStories(tx);
  await record(tx, admin, `A feed was removed: ${feed.title} (${feed.url}).`, now);
}

/** A reading that waits already is enough. */
export async function enqueueReading(tx: Tx, feedId: NewsFeedId): Promise<void> {
  await enqueue(tx, 'read-feed', { feedId }, { key: `read-feed ${feedId}` });
}

async function lockFeed(tx: Tx, id: NewsFeedId): Promise<typeof newsFeeds.$inferSelect> {
  const [feed] = await tx.select().from(newsFeeds).where(eq(newsFeeds.id, id)).for('update');
  return feed ?? notFound('This feed does not exist any more.');
}

async function record(tx: Tx, admin: Member, text: string, at: Date): Promise<void> {
  const reason = { rule: null, text };
  const data = { what: 'Feeds of incoming news' };
  const actionId = await recordAction(tx, { kind: 'change-settings', actorId: admin.id, reason, data, at });
  await recordEvent(tx, { kind: 'settings-changed', actorId: admin.id, at, data: { actionId, names: [] } });
}
