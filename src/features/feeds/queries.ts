// What feeds and sitemaps are made of: listed topics, the same for everyone who asks.
import { and, between, desc, eq, ne, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { members, posts, sections, sources, topics } from '../../db/schema/index.ts';
import { ofTagFamily } from '../../db/tag-families.ts';
import { listedPosts, listedTopics } from '../../db/visibility.ts';
import type { SectionId, TagId, TopicId } from '../../domain/ids.ts';
import { PAGES } from '../../domain/limits.ts';
import type { SafeHtml } from '../../lib/html.ts';
import { inOrderOfPosting } from '../links/index.ts';

export interface FeedTopic {
  readonly id: TopicId;
  readonly slug: string;
  readonly title: string;
  readonly titleEditedAt: Date | null;
  readonly sectionSlug: string;
  readonly sectionName: string;
  /** Null: a former member. */
  readonly authorName: string | null;
  readonly postedAt: Date;
  readonly editedAt: Date | null;
  readonly bodyHtml: SafeHtml;
  readonly modelWritten: boolean;
  /** The one that it was posted with first. */
  readonly sources: readonly { readonly url: string; readonly title: string | null; readonly host: string }[];
}

/** What a feed is about: nothing named is the whole forum. */
export interface FeedOf {
  readonly sectionId?: SectionId;
  /** A site by its canonical name. */
  readonly host?: string;
  readonly tagId?: TagId;
}

/** The newest listed topics, of a section, with a tag or one below it, with an article of a site, or of the whole forum. */
export async function listFeedTopics(db: Reader, { sectionId, host, tagId }: FeedOf): Promise<FeedTopic[]> {
  const ofSite = and(
    eq(sources.topicId, topics.id),
    eq(sources.publisherHost, host ?? ''),
    ne(sources.state, 'removed'),
  );
  return db
    .select({
      id: topics.id,
      slug: topics.slug,
      title: topics.title,
      titleEditedAt: topics.titleEditedAt,
      sectionSlug: sections.slug,
      sectionName: sections.name,
      authorName: members.name,
      postedAt: topics.postedAt,
      editedAt: posts.editedAt,
      bodyHtml: posts.bodyHtml,
      modelWritten: posts.modelWritten,
      sources: listedSources(),
    })
    .from(topics)
    .innerJoin(posts, eq(posts.id, topics.openingPostId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, topics.authorId))
    .where(
      and(
        listedPosts(),
        sectionId === undefined ? undefined : eq(topics.sectionId, sectionId),
        tagId === undefined ? undefined : ofTagFamily(tagId),
        host === undefined ? undefined : sql`exists (select from ${sources} where ${ofSite})`,
      ),
    )
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(PAGES.list);
}

function listedSources(): SQL<FeedTopic['sources']> {
  return sql`coalesce((select json_agg(json_build_object(
      'url', ${sources.url}, 'title', ${sources.title}, 'host', ${sources.publisherHost})
      order by ${sql.join(inOrderOfPosting(), sql`, `)})
    from ${sources} where ${sources.topicId} = ${topics.id} and ${sources.state} <> 'removed'), '[]'::json)`;
}

/** Topics in one part of the sitemap: a tenth of what the protocol allows, so that a part stays under a megabyte. */
const PART_TOPICS = 5_000;

export interface SitemapPart {
  /** Counted from 1. A topic stays in its part for good: parts are ranges of ids. */
  readonly number: number;
  readonly lastActivityAt: Date;
}

/** The parts that hold any listed topic. Reads one index, and memory grows by a line for each 5,000 topics. */
export async function listSitemapParts(db: Reader): Promise<SitemapPart[]> {
  const number = sql<number>`((${topics.id} - 1) / ${sql.raw(String(PART_TOPICS))} + 1)`.mapWith(Number);
  return db
    .select({
      number,
      lastActivityAt: sql<Date>`max(${topics.lastActivityAt})`.mapWith(topics.lastActivityAt),
    })
    .from(topics)
    .where(listedTopics())
    .groupBy(number)
    .orderBy(number);
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
