// Sources for tests: rows as members and the reader of pages leave them.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { sources } from '../../../src/db/schema/index.ts';
import type { SourceId } from '../../../src/domain/ids.ts';
import { urlKey, URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import { isWrapper } from '../../../src/domain/wrapper.ts';
import type { TopicRow } from '../../support/make.ts';

export type SourceRow = typeof sources.$inferSelect;

/** The link of the seed's topic: Google News does not say whose article it is. */
export const SEED_LINK =
  'https://news.google.com/rss/articles/CBMihAFBVV95cUxORTBNMEJaeUpqNXpYWnNEYjk1eXFpOU9aQVdfS2JvSXB0bElUN1VYMGM1UTZ6REo5VzZjcHBPODRFcmZqQkIwX1FpWXdsbVNaako0N1k2ZjBobzctanU4TWdpZW8tUURmMTBwMWM5VktrWVlHSk8zMW16RXh2anhRS282VVY?oc=5';

/** Gives a topic one more source. */
export async function giveSource(
  db: Database,
  topic: TopicRow,
  { url, ...facts }: { readonly url: string } & Partial<typeof sources.$inferInsert>,
): Promise<SourceRow> {
  const address = urlKey(url);
  if (!address.ok) throw new Error(address.reason);
  const [row] = await db
    .insert(sources)
    .values({
      topicId: topic.id,
      addedById: topic.authorId,
      addedAt: topic.postedAt,
      urlKey: address.key,
      keyVersion: URL_KEY_VERSION,
      publisherHost: address.host,
      wrapper: isWrapper(url),
      ...facts,
      url: address.shown,
    })
    .returning();
  return row as SourceRow;
}

/** The sources of a topic as they are, in the order in which they came. */
export async function sourcesOf(db: Database, topic: TopicRow): Promise<SourceRow[]> {
  return db.select().from(sources).where(eq(sources.topicId, topic.id)).orderBy(sources.id);
}

export async function sourceRow(db: Database, id: SourceId): Promise<SourceRow | undefined> {
  const [row] = await db.select().from(sources).where(eq(sources.id, id));
  return row;
}
