// How many topics have come into a list since an open page was made.
import { and, desc, eq, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { parameter, statementFor } from '../../../db/named-statements.ts';
import { posts, topics } from '../../../db/schema/index.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { PostId, SectionId } from '../../../domain/ids.ts';
import { LISTS } from '../../../domain/lists.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { conditions, isCommon, type TopicListFilter } from './list-filter.ts';

const newest = alias(topics, 'newest');

/** The opening post of the newest topic of the forum, which a page made now knows of. Null: there is none. */
export const newestOpeningPost: SQL<PostId | null> = sql<PostId | null>`(select ${newest.openingPostId}
  from ${topics} as newest where ${newest.state} = 'visible' and ${newest.mergedIntoId} is null
  order by ${newest.postedAt} desc, ${newest.id} desc limit 1)`.mapWith((id) => Number(id) as PostId);

/**
 * Counts the topics of a list that were posted after the one that begins with this post, at most one more than is counted.
 * By their moments, not their numbers: what was approved since counts from then.
 */
export async function countNewTopics(
  db: Reader,
  viewer: Viewer,
  filter: TopicListFilter,
  since: PostId,
  now: Date,
): Promise<number> {
  if (!isCommon(filter)) return (await selectNewTopics(db, viewer, filter, since, now)).length;
  // Every open page of a list asks this twice a minute.
  const { sectionId } = filter;
  const find = statementFor(db, viewer, sectionId ? 'new topics of section' : 'new topics', (asking) =>
    selectNewTopics(
      db,
      asking,
      { list: 'new', ...(sectionId && { sectionId: parameter<SectionId>('section') }) },
      parameter('since'),
      parameter('now'),
    ).prepare('new topics'),
  );
  return (await find({ section: sectionId, since })).length;
}

function selectNewTopics(db: Reader, viewer: Viewer, filter: TopicListFilter, since: PostId, now: Date) {
  const known = sql`(select ${posts.postedAt}, ${posts.topicId} from ${posts} where ${eq(posts.id, since)})`;
  return db
    .select({ id: topics.id })
    .from(topics)
    .where(
      and(
        listedTopics(),
        sql`(${topics.postedAt}, ${topics.id}) > ${known}`,
        ...conditions(viewer, filter, now),
      ),
    )
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(LISTS.newTopicsCounted + 1);
}
