// Further articles of topics that a test has made.
import type { Database } from '../../../src/db/connection.ts';
import { sources } from '../../../src/db/schema/index.ts';
import { urlKey, URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import type { TopicRow } from '../../support/make.ts';

/** Adds an article to a topic. */
export async function addSource(
  db: Database,
  topic: TopicRow,
  url: string,
  facts: Pick<typeof sources.$inferInsert, 'state' | 'role'> = {},
): Promise<void> {
  const key = urlKey(url);
  if (!key.ok) throw new Error(key.reason);
  await db.insert(sources).values({
    topicId: topic.id,
    addedById: topic.authorId,
    addedAt: topic.postedAt,
    url: key.shown,
    urlKey: key.key,
    keyVersion: URL_KEY_VERSION,
    publisherHost: key.host,
    ...facts,
  });
}
