// Which tags there are, and which a topic has.
import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { tags, topics, topicTags } from '../../db/schema/index.ts';
import { isListed } from '../../db/visibility.ts';
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
  // Both from indexes alone, and as an array: their numbers stand beside each other there, and are looked up together.
  const listed = and(sql`${topics.state} = 'visible'`, isListed(topics.id));
  const newest = sql`array(select ${topics.id} from ${topics} where ${listed}
    order by ${topics.postedAt} desc, ${topics.id} desc limit 100)`;
  const rows = await db
    .select({ slug: tags.slug })
    .from(topicTags)
    .innerJoin(tags, eq(tags.id, topicTags.tagId))
    .where(sql`${topicTags.topicId} = any(${newest})`)
    .groupBy(tags.slug)
    .orderBy(desc(count()), sql`${tags.slug}`)
    .limit(limit);
  return rows.map(({ slug }) => slug);
}
