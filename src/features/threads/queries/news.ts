// How many replies came since a post: what open pages ask for, and the browsers of visitors, who keep their own marks.
import { and, eq, gt, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { parameter, statementFor } from '../../../db/named-statements.ts';
import { unmutedPosts } from '../../../db/following.ts';
import { posts, topics } from '../../../db/schema/index.ts';
import { listedPosts, openableTopics } from '../../../db/visibility.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { MOST_COUNTED } from './unseen.ts';

/** Replies of a topic after a post that others wrote, at most MOST_COUNTED; undefined where the viewer may not open it. */
export async function countSince(
  db: Reader,
  viewer: Viewer,
  topicId: TopicId,
  since: PostId,
): Promise<number | undefined> {
  const find = statementFor(db, viewer, 'replies since', (asking) =>
    selectCountSince(db, asking).prepare('replies since'),
  );
  const [row] = await find({ topic: topicId, since });
  return row?.count;
}

/** By the parameters `topic` and `since`. */
function selectCountSince(db: Reader, viewer: Viewer) {
  const fresh = and(
    eq(posts.topicId, parameter('topic')),
    eq(posts.state, 'visible'),
    isNotNull(posts.branchId),
    gt(posts.id, parameter('since')),
    viewer.kind === 'member' ? sql`${posts.authorId} is distinct from ${viewer.id}` : undefined,
    unmutedPosts(viewer),
  ) as SQL;
  return db
    .select({
      count: sql<number>`(select count(*)::int from (select from ${posts} where ${fresh} limit ${MOST_COUNTED}) as fresh)`,
    })
    .from(topics)
    .where(and(eq(topics.id, parameter('topic')), openableTopics(viewer)));
}

/** A topic, and the newest post of it that somebody has been shown. */
export interface TopicMark {
  readonly topicId: TopicId;
  readonly seen: PostId;
}

/** How many replies came to listed topics since these marks, at most MOST_COUNTED each. Topics without any are left out. */
export async function countSinceMarks(
  db: Reader,
  marks: readonly TopicMark[],
): Promise<ReadonlyMap<TopicId, number>> {
  if (marks.length === 0) return new Map();
  const column = (of: (mark: TopicMark) => number) => sql`${sql.param(marks.map(of))}::bigint[]`;
  const fresh = and(listedPosts(), ne(posts.id, topics.openingPostId), sql`${posts.id} > mark.seen`) as SQL;
  const { rows } = await db.execute<{ topic_id: string; n: number }>(sql`
    select mark.topic_id, fresh.n
    from unnest(${column(({ topicId }) => topicId)}, ${column(({ seen }) => seen)}) as mark (topic_id, seen)
      cross join lateral (select count(*)::int as n from (
        select from ${posts} join ${topics} on ${topics.id} = ${posts.topicId}
        where ${posts.topicId} = mark.topic_id and ${fresh} limit ${MOST_COUNTED}) as counted) as fresh
    where fresh.n > 0 order by mark.topic_id`);
  return new Map(rows.map(({ topic_id, n }) => [Number(topic_id) as TopicId, n]));
}
