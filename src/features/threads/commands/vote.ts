// Upvoting and taking it back: a look at what the rule asks, then one statement, so that of two who vote for one post the
// second waits for nothing but the first one's commit. The count changes only when a vote was really cast or taken back, so
// that pressing twice, or in two windows at once, counts once. No vote waits for the topic: what an opening post's score
// means for its topic's rank is worked out a moment later (rank-topics.ts).
import { eq, type SQL, sql } from 'drizzle-orm';
import type { Database } from '../../../db/connection.ts';
import { executeTelling } from '../../../db/page-changes.ts';
import { builtOnce, idNamed } from '../../../db/named-statements.ts';
import { countsFrom, keptBestRankOf } from '../../../db/ranks.ts';
import { posts, topics, topicsToRank, votes } from '../../../db/schema/index.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import { mayTakeBackVote, mayVote, type VoteFacts } from '../../../domain/policy/votes.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { standingPost } from '../queries/standing-post.ts';
import { isSecret } from './locks.ts';

export interface Ballot {
  readonly viewer: Member;
  readonly postId: PostId;
  readonly now: Date;
}

export interface VoteOutcome {
  readonly score: number;
  /** Whether the viewer's vote is now on the post. */
  readonly voted: boolean;
}

/** Upvotes a post, and has that on disk when it returns. @throws Problem when the viewer may not. */
export async function castVote(db: Database, { viewer, postId, now }: Ballot): Promise<VoteOutcome> {
  const post = await findVotedPost(db, viewer, postId);
  authorize(mayVote(viewer, post, now));
  const cast = sql`insert into ${votes} (member_id, post_id, cast_at)
    select ${viewer.id}, post.id, ${now.toISOString()}::timestamptz from post on conflict do nothing returning counted`;
  return { score: await changeScore(db, post, cast, 1), voted: true };
}

/** Takes an own vote back. @throws Problem when votes are no longer open. */
export async function takeBackVote(db: Database, { viewer, postId, now }: Ballot): Promise<VoteOutcome> {
  const post = await findVotedPost(db, viewer, postId);
  authorize(mayTakeBackVote(viewer, post, now));
  const taken = sql`delete from ${votes} using post where member_id = ${viewer.id} and post_id = post.id returning counted`;
  return { score: await changeScore(db, post, taken, -1), voted: false };
}

interface VotedPost extends VoteFacts {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly heldAt: Date | null;
  readonly score: number;
}

async function findVotedPost(db: Database, viewer: Member, id: PostId): Promise<VotedPost> {
  const [post] = await builtOnce(db, 'voted post', () => prepareVotedPost(db)).execute({ post: id });
  return !post || isSecret(viewer, post) ? notFound('There is no such post.') : post;
}

function prepareVotedPost(db: Database) {
  return db
    .select({
      id: posts.id,
      topicId: posts.topicId,
      score: posts.score,
      authorId: posts.authorId,
      heldAt: posts.heldAt,
      state: posts.state,
      topicState: topics.state,
      topicPostedAt: countsFrom,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .where(eq(posts.id, standingPost(idNamed<PostId>('post'))))
    .prepare('voted post');
}

/**
 * Writes a vote and what it counts, if it does. The post is locked before the vote is looked for, as everybody does who
 * changes several votes of a post.
 * @param vote writes it, returning whether it counted; wants the rows `post`
 * @returns the score, with all votes that were committed before
 */
async function changeScore(db: Database, post: VotedPost, vote: SQL, by: 1 | -1): Promise<number> {
  const score = sql`(${posts.score} + ${by})`;
  const rows = await executeTelling<{ topic_id: TopicId; score: number }>(
    db,
    'voted',
    (told) => sql`
      with post as materialized (select id from ${posts} where ${posts.id} = ${post.id} for no key update),
      vote as (${vote}),
      changed as (
        update ${posts} set score = ${score}, best_rank = ${keptBestRankOf({ score })}
        where ${posts.id} = ${post.id} and (select counted from vote)
        returning ${posts.score} as score, ${posts.topicId} as topic_id, ${posts.branchId} as branch_id),
      asked as (
        insert into ${topicsToRank} (topic_id) select topic_id from changed where branch_id is null),
      told as (${told(sql`changed`)})
      select score, topic_id::float8 as topic_id from changed`,
  );
  return rows[0]?.score ?? post.score;
}
