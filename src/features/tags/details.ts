// A tag as its page shows it: what it is, its names, what stands above and below it, and how much it has.
import { and, eq, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { followLevelOf } from '../../db/following.ts';
import { tags, topicTags } from '../../db/schema/index.ts';
import { knownTag, tagFamily, tagLedTo } from '../../db/tag-families.ts';
import { isListed } from '../../db/visibility.ts';
import type { FollowLevel } from '../../domain/following.ts';
import type { TagId } from '../../domain/ids.ts';
import type { TagKind } from '../../domain/tags.ts';
import { type Viewer, visitor } from '../../domain/viewer.ts';

export interface TagName {
  readonly slug: string;
  readonly name: string;
}

export interface TagDetails extends TagName {
  readonly id: TagId;
  readonly kind: TagKind;
  readonly description: string;
  /** Its own, and the names of those that were merged into it. */
  readonly alsoCalled: readonly string[];
  readonly aliases: readonly string[];
  readonly ordinary: boolean;
  readonly modifier: number;
  readonly parent: TagName | null;
  readonly children: readonly TagName[];
  /** Itself, those below it, and those merged into any of them. */
  readonly family: readonly TagId[];
  /** Listed topics with it or with one below it, at most TOPICS_COUNTED. */
  readonly topics: number;
  /** What the viewer has chosen to hear of it. */
  readonly level: FollowLevel | null;
}

/** Beyond it a page says "more than": nobody is told apart 12,345 and 12,346, and every page would count them. */
export const TOPICS_COUNTED = 1_000;

/** Rows of topic_tags: listed topics with this tag. */
export const listedWith = (tagId: SQL): SQL | undefined =>
  and(sql`${topicTags.tagId} = ${tagId}`, isListed(topicTags.topicId));

const named = (of: string): SQL => sql.raw(`json_build_object('slug', ${of}.slug, 'name', ${of}.name)`);

/**
 * The tag that a slug leads to: its own, an alias, or that of one merged into it. Not one that nobody has described and
 * that no listed topic has: it may have come with a topic that is held or was refused, and its name is that topic's text.
 */
export async function findTag(
  db: Reader,
  slug: string,
  viewer: Viewer = visitor,
): Promise<TagDetails | undefined> {
  const leading = db
    .select({ id: tagLedTo(sql`${tags}.id`).as('led_to_id') })
    .from(tags)
    .where(sql`${tags.slug} = ${slug} or ${tags.aliases} @> array[${slug}]`)
    .orderBy(sql`${tags.slug} = ${slug} desc`)
    .limit(1)
    .as('leading');
  const self = sql`${tags}.id`;
  const above = tagLedTo(sql`${tags}.parent_id`);
  const known = knownTag('target');
  const [row] = await db
    .select({
      ...{ id: tags.id, slug: tags.slug, name: tags.name, kind: tags.kind, description: tags.description },
      ...{ aliases: tags.aliases, ordinary: tags.ordinary, modifier: tags.modifier },
      level: followLevelOf(viewer, { tag: tags.id }),
      alsoCalled: sql<string[]>`array(
        with recursive one as (select ${self} as id
          union select other.id from ${tags} as other join one on other.merged_into_id = one.id)
        select distinct called from one join ${tags} as other on other.id = one.id
          cross join unnest(case when other.id = ${self} then other.aliases else other.slug || other.aliases end) as called
        order by called)`,
      parent: sql<TagName | null>`(select ${named('target')} from ${tags} as target
        where target.id = ${above} and target.id <> ${self} and ${known})`,
      children: sql<
        TagName[]
      >`coalesce((select json_agg(${named('target')} order by target.slug) from ${tags} as target
        where target.merged_into_id is null and target.id <> ${self} and ${known} and target.parent_id in (
          with recursive one as (select ${self} as id
            union select other.id from ${tags} as other join one on other.merged_into_id = one.id)
          select id from one)), '[]'::json)`,
      family: sql<readonly TagId[]>`${tagFamily(self)}`.mapWith(
        (ids: string[]) => ids.map(Number) as TagId[],
      ),
      // Tag by tag: how many a family has nobody tells the planner, who would rather read the tags of all topics. One that has
      // as many as are counted is enough by itself.
      topics: sql<number>`(select count(*)::int from (select distinct listed.topic_id from unnest(${tagFamily(self)}) as one (id)
        cross join lateral (select ${topicTags.topicId} from ${topicTags}
          where ${listedWith(sql`one.id`)} limit ${TOPICS_COUNTED}) as listed limit ${TOPICS_COUNTED}) as counted)`,
    })
    .from(tags)
    .innerJoin(leading, eq(leading.id, tags.id))
    .where(knownTag('tags'));
  return row;
}
