// What sitemaps are made of: pages that anybody may be sent to, the same for everyone who asks.
import { and, asc, between, isNull, sql, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { sections, tags, topics, topicTags } from '../../db/schema/index.ts';
import { listedTopics, unlistedTopics } from '../../db/visibility.ts';
import type { TopicId } from '../../domain/ids.ts';
import { isThinList, SITEMAP_TAGS } from '../../domain/indexing.ts';

/** Topics in one part of the sitemap: a tenth of what the protocol allows, so that a part stays under a megabyte. */
const PART_TOPICS = 5_000;

export interface SitemapPart {
  /** Counted from 1. A topic stays in its part for good: parts are ranges of ids. */
  readonly number: number;
  readonly lastActivityAt: Date;
}

/**
 * The parts that hold any listed topic. Reads two indexes and no rows: one of them holds the few that are not listed, so
 * that the other need not tell. Memory grows by a line for each 5,000 topics.
 */
export async function listSitemapParts(db: Reader): Promise<SitemapPart[]> {
  const number = sql<number>`((${topics.id} - 1) / ${sql.raw(String(PART_TOPICS))} + 1)`.mapWith(Number);
  // Put in order here: PostgreSQL, which expects as many parts as topics, would put the topics in order to part them.
  const parts = await db
    .select({
      number,
      lastActivityAt: sql<Date>`max(${topics.lastActivityAt})`.mapWith(topics.lastActivityAt),
    })
    .from(topics)
    .where(sql`${topics.state} = 'visible' and ${topics.id} not in (${unlistedTopics()})`)
    .groupBy(number);
  return parts.toSorted((one, other) => one.number - other.number);
}

export interface SitemapTopic {
  readonly id: TopicId;
  readonly slug: string;
  readonly lastActivityAt: Date;
}

/** The listed topics of one part. */
export async function listSitemapTopics(db: Reader, part: number): Promise<SitemapTopic[]> {
  return db
    .select({ id: topics.id, slug: topics.slug, lastActivityAt: topics.lastActivityAt })
    .from(topics)
    .where(
      and(
        listedTopics(),
        between(topics.id, ((part - 1) * PART_TOPICS + 1) as TopicId, (part * PART_TOPICS) as TopicId),
      ),
    )
    .orderBy(topics.id);
}

/** A section or a tag with a page that holds enough to be found by. */
export interface SitemapList {
  readonly slug: string;
  /** When its newest topic was posted. */
  readonly newestAt: Date;
}

/** The sections that are not thin, in their order. */
export async function listSitemapSections(db: Reader): Promise<SitemapList[]> {
  // As a range, for which the index of sections alone has this order: where sections were equal, all topics would be read
  // by their age until two of the section are found, and of an empty one are none.
  const newest = newestOf(
    sql`${topics}.section_id between ${sections}.id and ${sections}.id`,
    sql`${topics}.section_id, ${topics}.posted_at desc nulls first, ${topics}.id desc nulls first`,
  );
  const rows = await db
    .select({ slug: sections.slug, newest })
    .from(sections)
    .orderBy(asc(sections.position), asc(sections.id));
  return rows.flatMap(thickEnough);
}

/** The tags that are not thin, in the order in which they came. */
export async function listSitemapTags(db: Reader): Promise<SitemapList[]> {
  const tagged = sql`${topics}.id = ${topicTags}.topic_id and ${topicTags}.tag_id = ${tags}.id`;
  const newest = newestOf(tagged, sql`${topicTags}.topic_id desc`, sql`cross join ${topicTags}`);
  const rows = await db
    .select({ slug: tags.slug, newest })
    .from(tags)
    .where(isNull(tags.mergedIntoId))
    .orderBy(asc(tags.id))
    .limit(SITEMAP_TAGS.most);
  return rows.flatMap(thickEnough);
}

/** When the newest of a list were posted: no more than tell whether it is thin, so that a large list costs what a small one does. */
function newestOf(belongs: SQL, order: SQL, besides: SQL = sql``): SQL<string[]> {
  const found = sql`select ${topics}.posted_at from ${topics} ${besides}
    where ${belongs} and ${listedTopics()} order by ${order} limit ${SITEMAP_TAGS.atLeast}`;
  return sql<string[]>`(select coalesce(json_agg(posted_at), '[]'::json) from (${found}) as newest)`;
}

function thickEnough({ slug, newest }: { slug: string; newest: string[] }): SitemapList[] {
  const [first] = newest;
  return first === undefined || isThinList(newest.length) ? [] : [{ slug, newestAt: new Date(first) }];
}
