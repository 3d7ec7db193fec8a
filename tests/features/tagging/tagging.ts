// Tags as tests need them: with what moderators say of them, and on topics.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { tags, topicTags } from '../../../src/db/schema/index.ts';
import type { TagId } from '../../../src/domain/ids.ts';
import { setTopicTags } from '../../../src/features/tags/index.ts';
import type { TopicRow } from '../../support/make.ts';

/** Adds a described tag. */
export async function addTag(
  db: Database,
  slug: string,
  facts: Partial<typeof tags.$inferInsert> = {},
): Promise<TagId> {
  const [row] = await db
    .insert(tags)
    .values({ slug, name: slug, description: `What ${slug} is.`, ...facts })
    .returning({ id: tags.id });
  return row!.id;
}

/** Gives a topic tags, as its writer would. */
export async function giveTags(db: Database, topic: TopicRow, ...slugs: readonly string[]): Promise<void> {
  await db.transaction((tx) =>
    setTopicTags(
      tx,
      topic.id,
      slugs.map((slug) => ({ slug, name: slug })),
    ),
  );
}

/** The slugs of a topic's tags in their order, with their places. */
export async function tagsOf(db: Database, topic: TopicRow): Promise<string[]> {
  const rows = await db
    .select({ slug: tags.slug, position: topicTags.position })
    .from(topicTags)
    .innerJoin(tags, eq(tags.id, topicTags.tagId))
    .where(eq(topicTags.topicId, topic.id))
    .orderBy(topicTags.position);
  return rows.map(({ slug, position }) => `${position} ${slug}`);
}
