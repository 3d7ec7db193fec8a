// Upvoting and taking it back: a look at what the rule asks, then one statement, so that of two who vote for one post the
// second waits for nothing but the first one's commit. Those who vote for one post while a vote for it is being written are
// written together next, with one lock and one commit. The count changes only when a vote was really cast or taken back, so
// that pressing twice, or in two windows at once, counts once. No vote waits for the topic: what an opening post's score
// means for its topic's rank is worked out a moment later (rank-topics.ts).
import { eq, type SQL, sql } from 'drizzle-orm';
import { type Database, sqlState } from '../../../db/connection.ts';
import { executeTelling } from '../../../db/page-changes.ts';
import { builtOnce, parameter } from '../../../db/named-statements.ts';
import { countsFrom, keptBestRankOf } from '../../../db/ranks.ts';
import { posts, topics, topicsToRank, votes } from '../../../db/schema/index.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import { mayTakeBackVote, mayVote, type VoteFacts } from '../../../domain/policy/votes.ts';
import type { Member } from '../../../domain/viewer.ts';
import { type Asking, Together } from '../../../lib/together.ts';
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
export function castVote(db: Database, ballot: Ballot): Promise<VoteOutcome> {
  return boxesOf(db).cast.ask(ballot.postId, ballot);
}

/** Takes an own vote back. @throws Problem when votes are no longer open. */
export function takeBackVote(db: Database, ballot: Ballot): Promise<VoteOutcome> {
  return boxesOf(db).taken.ask(ballot.postId, ballot);
}

interface Vote {
  readonly name: 'cast' | 'taken back';
  readonly may: typeof mayVote;
  /** By how much each changes the score. */
  readonly by: 1 | -1;
  /** Writes them, returning whether each counted; wants the rows `post`. */
  readonly writing: SQL;
}

const [MEMBERS, MOMENTS] = [sql.placeholder('members'), sql.placeholder('moments')];

const CAST: Vote = {
  ...({ name: 'cast', may: mayVote, by: 1 } as const),
  writing: sql`insert into ${votes} (member_id, post_id, cast_at)
    select ballot.member_id, post.id, ballot.cast_at
    from post cross join unnest(${MEMBERS}::bigint[], ${MOMENTS}::timestamptz[]) as ballot (member_id, cast_at)
    on conflict do nothing returning counted`,
};

const TAKEN_BACK: Vote = {
  ...({ name: 'taken back', may: mayTakeBackVote, by: -1 } as const),
  writing: sql`delete from ${votes} using post
    where member_id = any(${MEMBERS}::bigint[]) and post_id = post.id returning counted`,
};

type Voting = Asking<Ballot, VoteOutcome>;

/** The votes that wait in this process, by the database they are for. */
const boxes = new WeakMap<Database, Record<'cast' | 'taken', Together<Ballot, VoteOutcome>>>();

function boxesOf(db: Database) {
  const own = boxes.get(db) ?? {
    cast: new Together<Ballot, VoteOutcome>((all) => count(db, CAST, all)),
    taken: new Together<Ballot, VoteOutcome>((all) => count(db, TAKEN_BACK, all)),
  };
  boxes.set(db, own);
  return own;
}

/** Counts votes for one post, each by whether its voter may. */
async function count(db: Database, vote: Vote, all: readonly Voting[]): Promise<void> {
  const post = all[0] && (await findVotedPost(db, all[0].asked.postId));
  const allowed = all.filter(({ asked: { viewer, now }, reject }) => {
    try {
      if (!post || isSecret(viewer, post)) notFound('There is no such post.');
      authorize(vote.may(viewer, post, now));
      return true;
    } catch (error) {
      reject(error);
      return false;
    }
  });
  if (!post || allowed.length === 0) return;
  try {
    const ballots = allowed.map(({ asked }) => asked);
    const score = await changeScore(db, post, vote, ballots);
    for (const { resolve } of allowed) resolve({ score, voted: vote.by === 1 });
  } catch (error) {
    // One of the voters has been deleted meanwhile: that is not the others' matter.
    if (allowed.length === 1 || sqlState(error) !== FOREIGN_KEY_VIOLATION) throw error;
    for (const one of allowed) await count(db, vote, [one]).catch(one.reject);
  }
}

const FOREIGN_KEY_VIOLATION = '23503';

interface VotedPost extends VoteFacts {
  readonly id: PostId;
  readonly topicId: TopicId;
  readonly heldAt: Date | null;
  readonly score: number;
}

async function findVotedPost(db: Database, id: PostId): Promise<VotedPost | undefined> {
  const [post] = await builtOnce(db, 'voted post', () => prepareVotedPost(db)).execute({ post: id });
  return post;
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
    .where(eq(posts.id, standingPost(parameter<PostId>('post'))))
    .prepare('voted post');
}

/**
 * Writes votes and what they count, if they do. The post is locked before the votes are looked for, as everybody does who
 * changes several votes of a post.
 * @returns the score, with all votes that were committed before
 */
async function changeScore(
  db: Database,
  post: VotedPost,
  { name, by, writing }: Vote,
  ballots: readonly Ballot[],
): Promise<number> {
  const postId = parameter<PostId>('post');
  const score = sql`(${posts.score} + (select n from changes))`;
  const rows = await executeTelling<{ topic_id: TopicId; score: number }>(
    db,
    'voted',
    name,
    (told) => sql`
      with post as materialized (select id from ${posts} where ${posts.id} = ${postId} for no key update),
      vote as (${writing}),
      changes as (select ${sql.raw(String(by))} * count(*) filter (where counted) as n from vote),
      changed as (
        update ${posts} set score = ${score}, best_rank = ${keptBestRankOf({ score })}
        where ${posts.id} = ${postId} and (select n from changes) <> 0
        returning ${posts.score} as score, ${posts.topicId} as topic_id, ${posts.branchId} as branch_id),
      asked as (
        insert into ${topicsToRank} (topic_id) select topic_id from changed where branch_id is null),
      told as (${told(sql`changed`)})
      select score, topic_id::float8 as topic_id from changed`,
    {
      post: post.id,
      members: ballots.map(({ viewer }) => viewer.id),
      ...(by === 1 && { moments: ballots.map(({ now }) => now.toISOString()) }),
    },
  );
  return rows[0]?.score ?? post.score;
}
