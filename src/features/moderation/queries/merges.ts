// Two topics before they are merged: which others could be the same story, and what would move.
import { and, desc, eq, gte, inArray, isNull, ne, type SQL, sql } from 'drizzle-orm';
import { alias, union } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import {
  actionPosts,
  mergedMarks,
  mergedSources,
  merges,
  members,
  posts,
  sources,
  topics,
  votes,
} from '../../../db/schema/index.ts';
import { listedTopics, openableTopics } from '../../../db/visibility.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { SIMILAR_TITLE } from '../../../domain/limits.ts';
import type { MergeFacts } from '../../../domain/policy/merges.ts';
import type { Viewer } from '../../../domain/viewer.ts';

const facts = {
  id: topics.id,
  slug: topics.slug,
  title: topics.title,
  state: topics.state,
  authorId: topics.authorId,
  authorName: members.name,
  postedAt: topics.postedAt,
  replyCount: topics.replyCount,
  score: topics.score,
  openingPostId: sql`${topics.openingPostId}`.mapWith(posts.id),
  mergedIntoId: topics.mergedIntoId,
};

export interface MergeableTopic extends MergeFacts {
  readonly slug: string;
  readonly title: string;
  readonly authorId: MemberId | null;
  readonly authorName: string | null;
  readonly postedAt: Date;
  readonly replyCount: number;
  readonly score: number;
  readonly openingPostId: PostId;
}

/** The topic as one of two to be merged; undefined when there is none for this viewer. */
export async function findMergeable(
  db: Reader,
  viewer: Viewer,
  id: TopicId,
): Promise<MergeableTopic | undefined> {
  const taken = alias(topics, 'taken');
  const ofThis = eq(taken.mergedIntoId, topics.id);
  const [row] = await db
    .select({ ...facts, tookOthers: sql<boolean>`exists (select from ${topics} as taken where ${ofThis})` })
    .from(topics)
    .leftJoin(members, eq(members.id, topics.authorId))
    .where(and(eq(topics.id, id), openableTopics(viewer)));
  return row;
}

export interface Candidate {
  readonly id: TopicId;
  readonly title: string;
  readonly postedAt: Date;
  readonly replyCount: number;
  /** It has an article in common; without that, only the title is alike. */
  readonly sameArticle: boolean;
}

const MOST_CANDIDATES = 6;

/** Listed topics that may be the same story: those that share an article, then those with a similar title. */
export async function listCandidates(
  db: Reader,
  topic: { readonly id: TopicId; readonly title: string },
): Promise<Candidate[]> {
  const theirs = alias(sources, 'theirs');
  // A query that becomes part of a union is no other one any more.
  const bySource = () =>
    db
      .select({ id: theirs.topicId })
      .from(sources)
      .innerJoin(theirs, and(eq(theirs.urlKey, sources.urlKey), ne(theirs.state, 'removed')))
      .where(and(eq(sources.topicId, topic.id), ne(sources.state, 'removed')));
  const likeness = sql<number>`similarity(${topics.title}, ${topic.title})`;
  const byTitle = db
    .select({ id: topics.id })
    .from(topics)
    // The operator is what the trigram index answers; its threshold is lower than ours.
    .where(and(sql`${topics.title} % ${topic.title}`, gte(likeness, SIMILAR_TITLE)));
  const sameArticle = sql<boolean>`${inArray(topics.id, bySource())}`;
  return db
    .select({
      id: topics.id,
      title: topics.title,
      postedAt: topics.postedAt,
      replyCount: topics.replyCount,
      sameArticle,
    })
    .from(topics)
    .where(and(listedTopics(), ne(topics.id, topic.id), inArray(topics.id, union(bySource(), byTitle))))
    .orderBy(desc(sameArticle), desc(likeness), desc(topics.id))
    .limit(MOST_CANDIDATES);
}

/** What moves, or goes back. */
export interface Moving {
  readonly sources: number;
  readonly replies: number;
  readonly votes: number;
}

/** What merging `topic` into `into` would move. */
export async function countMoving(db: Reader, topic: MergeableTopic, into: MergeableTopic): Promise<Moving> {
  const present = alias(sources, 'present');
  const isThere = and(
    eq(present.topicId, into.id),
    eq(present.urlKey, sources.urlKey),
    ne(present.state, 'removed'),
  );
  const moving = and(
    eq(sources.topicId, topic.id),
    ne(sources.state, 'removed'),
    sql`not exists (select from ${sources} as present where ${isThere})`,
  );
  const given = alias(votes, 'given');
  const hasVoted = and(eq(given.postId, into.openingPostId), eq(given.memberId, votes.memberId));
  const counting = and(
    eq(votes.postId, topic.openingPostId),
    sql`${votes.memberId} is distinct from ${into.authorId}::bigint`,
    sql`not exists (select from ${votes} as given where ${hasVoted})`,
  );
  const { rows } = await db.execute<{ sources: number; votes: number }>(sql`select
    (select count(*)::int from ${sources} where ${moving}) as sources,
    (select count(*)::int from ${votes} where ${counting}) as votes`);
  return { sources: rows[0]?.sources ?? 0, votes: rows[0]?.votes ?? 0, replies: topic.replyCount };
}

/** What undoing the merge of a topic would give back to it. */
export async function countReturning(db: Reader, topicId: TopicId): Promise<Moving> {
  const count = (table: SQL, condition: SQL) =>
    sql<number>`(select count(*)::int from ${table} where ${condition})`;
  const [row] = await db
    .select({
      sources: count(sql`${mergedSources}`, eq(mergedSources.actionId, merges.actionId)),
      replies: count(sql`${actionPosts}`, eq(actionPosts.actionId, merges.actionId)),
      votes: count(
        sql`${mergedMarks}`,
        and(eq(mergedMarks.actionId, merges.actionId), eq(mergedMarks.kind, 'vote')) as SQL,
      ),
    })
    .from(merges)
    .where(and(eq(merges.topicId, topicId), isNull(merges.undoneAt)));
  return row ?? { sources: 0, replies: 0, votes: 0 };
}
