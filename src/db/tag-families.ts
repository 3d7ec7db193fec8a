// Which tags a tag stands for: those below it, with all that was merged into any of them; and the one it was merged into.
import { and, type SQL, sql } from 'drizzle-orm';
import type { TagId, TopicId } from '../domain/ids.ts';
import { tags, topicTags } from './schema/index.ts';
import { isListed } from './visibility.ts';

/**
 * The ids of a tag, of those below it and of those merged into them, as an array: whoever follows a company's tag means
 * its models too. Read once a query; `union` ends it even if somebody made a circle by hand.
 */
export function tagFamily(tagId: TagId | SQL): SQL<TagId[]> {
  return sql<TagId[]>`array(with recursive family as (
      select ${tagId}::bigint as id
      union select member.id from ${tags} as member join family on family.id in (member.parent_id, member.merged_into_id))
    select id from family)`;
}

/** The same from below: the ids of a topic's tags and of all that those stand below or were merged into. */
export function tagsAbove(topicId: TopicId): SQL {
  return sql`(with recursive above as (
      select ${topicTags.tagId} as id from ${topicTags} where ${topicTags.topicId} = ${topicId}
      union select upper.id from above join ${tags} as here on here.id = above.id
        cross join unnest(array[here.parent_id, here.merged_into_id]) as upper (id) where upper.id is not null)
    select id from above)`;
}

/** The tag that a tag leads to: itself, or what it was merged into, and that into what. @param tagId named with its table */
export function tagLedTo(tagId: SQL | TagId): SQL<TagId> {
  return sql<TagId>`(with recursive led as (
      select here.id, here.merged_into_id from ${tags} as here where here.id = ${tagId}
      union select there.id, there.merged_into_id from ${tags} as there join led on there.id = led.merged_into_id)
    select led.id from led where led.merged_into_id is null)`.mapWith((id) => Number(id) as TagId);
}

/** Tags that everybody may know of, under the given name of their table: described ones, and those of a listed topic. */
export function knownTag(name: 'tags' | 'target'): SQL {
  const tag = sql.identifier(name);
  // Tag by tag: without the offset PostgreSQL gathers the tags of all topics first, for a page of a hundred tags.
  return sql`(${tag}.description <> '' or exists (select from ${topicTags}
    where ${and(sql`${topicTags.tagId} = ${tag}.id`, isListed(topicTags.topicId))} offset 0))`;
}
