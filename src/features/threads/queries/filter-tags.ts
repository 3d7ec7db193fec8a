// The tags that a list is narrowed by, by what its reader typed.
import { and, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { tags, topics, topicTags } from '../../../db/schema/index.ts';
import { tagLedTo } from '../../../db/tag-families.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { TagId } from '../../../domain/ids.ts';

/**
 * The tags of these slugs or aliases; a merged one is what it was merged into. Not those that nobody has described and
 * that no listed topic has: their names are texts of topics that others do not see.
 */
export async function findTagIds(db: Reader, slugs: readonly string[]): Promise<ReadonlyMap<string, TagId>> {
  if (slugs.length === 0) return new Map();
  const typed = sql`${sql.param([...slugs])}::text[]`;
  const shown = sql`exists (select from ${topicTags} join ${topics} on ${topics.id} = ${topicTags.topicId}
    where ${topicTags.tagId} = ${tags.id} and ${listedTopics()})`;
  const rows = await db
    .select({
      id: tagLedTo(sql`${tags}.id`),
      slug: tags.slug,
      aliases: tags.aliases,
    })
    .from(tags)
    .where(
      and(
        or(inArray(tags.slug, [...slugs]), sql`${tags.aliases} && ${typed}`),
        or(sql`${tags.description} <> ''`, isNotNull(tags.mergedIntoId), shown),
      ),
    );
  const found = new Map<string, TagId>();
  for (const { id, aliases } of rows) for (const name of aliases) found.set(name, id);
  // A tag's own slug goes before another's alias.
  for (const { id, slug } of rows) found.set(slug, id);
  return found;
}
