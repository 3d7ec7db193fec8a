// Which topics an address was discussed in.
import { and, asc, desc, eq, gte, inArray, ne, type SQL, sql } from 'drizzle-orm';
import { unionAll } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { sourceAliases, sources, topics } from '../../db/schema/index.ts';
import { listedTopics } from '../../db/visibility.ts';
import type { TopicId } from '../../domain/ids.ts';

export interface EarlierTopic {
  readonly id: TopicId;
  readonly slug: string;
  readonly title: string;
  readonly postedAt: Date;
  readonly replyCount: number;
}

/** What a writer is told of a topic that is there already: the columns of EarlierTopic. */
export const EARLIER_TOPIC = {
  id: topics.id,
  slug: topics.slug,
  title: topics.title,
  postedAt: topics.postedAt,
  replyCount: topics.replyCount,
};

/**
 * The newest topic about the address with this key that everyone can see and that was posted at `since` or later. An
 * article is known by the addresses that redirect to it, and by what it calls itself, as well.
 * @param except a topic that does not count: the one whose own address is being changed.
 */
export async function findRecentTopicByKey(
  db: Reader,
  key: string,
  since: Date,
  except?: TopicId,
): Promise<EarlierTopic | undefined> {
  const present = ne(sources.state, 'removed');
  const aboutKey = unionAll(
    db
      .select({ topicId: sources.topicId })
      .from(sources)
      .where(and(eq(sources.urlKey, key), present)),
    db
      .select({ topicId: sources.topicId })
      .from(sourceAliases)
      .innerJoin(sources, eq(sources.id, sourceAliases.sourceId))
      .where(and(eq(sourceAliases.urlKey, key), present)),
  );
  const [topic] = await db
    .select(EARLIER_TOPIC)
    .from(topics)
    .where(
      and(
        inArray(topics.id, aboutKey),
        listedTopics(),
        gte(topics.postedAt, since),
        except === undefined ? undefined : ne(topics.id, except),
      ),
    )
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(1);
  return topic;
}

/**
 * The order of a topic's sources that begins with the one it was posted with. Those of an older topic that was merged
 * into it were added before it was posted.
 */
export function inOrderOfPosting(): SQL[] {
  const postedAt = sql`(select ${topics.postedAt} from ${topics} where ${topics.id} = ${sources.topicId})`;
  return [sql`${sources.addedAt} < ${postedAt}`, asc(sources.id)];
}

/** The address that a topic is about: its first source's; undefined when it has none. */
export async function findAddress(
  db: Reader,
  topicId: TopicId,
): Promise<{ readonly url: string; readonly key: string } | undefined> {
  const [source] = await db
    .select({ url: sources.url, key: sources.urlKey })
    .from(sources)
    .where(and(eq(sources.topicId, topicId), ne(sources.state, 'removed')))
    .orderBy(...inOrderOfPosting())
    .limit(1);
  return source;
}
