// What sitemaps are made of: listed topics, the same for everyone who asks.
import { and, between, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { topics } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import type { TopicId } from '../../domain/ids.ts';

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
