// Which tags there are, and which a topic has.
import { asc, count, desc, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { tags, topics, topicTags } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import type { TagId, TopicId } from '../../domain/ids.ts';

export interface TagRow {
  readonly id: TagId;
  readonly slug: string;
  readonly name: string;
}

/** The tags of a topic in their order. */
export async function listTagsOfTopic(db: Reader, topicId: TopicId): Promise<TagRow[]> {
  return db
    .select({ id: tags.id, slug: tags.slug, name: tags.name })
    .from(topicTags)
    .innerJoin(tags, eq(tags.id, topicTags.tagId))
    .where(eq(topicTags.topicId, topicId))
    .orderBy(asc(topicTags.position));
}

/** The slugs most used on the newest topics: what a writer is shown as "in use". */
export async function listPopularTags(db: Reader, limit: number): Promise<string[]> {
  const newest = db
    .select({ id: topics.id })
    .from(topics)
    .where(listedTopics())
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(100)
    .as('newest');
  const rows = await db
    .select({ slug: tags.slug })
    .from(newest)
    .innerJoin(topicTags, eq(topicTags.topicId, newest.id))
    .innerJoin(tags, eq(tags.id, topicTags.tagId))
    .groupBy(tags.slug)
    .orderBy(desc(count()), sql`${tags.slug}`)
    .limit(limit);
  return rows.map(({ slug }) => slug);
}
