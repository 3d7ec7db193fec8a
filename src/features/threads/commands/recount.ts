// Counters, and what is copied from row to row, against the rows they come from: for `npm run doctor` and for tests.
// Everything here is derived from rows alone; commands/counters.ts and commands/vote.ts keep the same by deltas,
// commands/import-counters.ts begins with it.
import { getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Reader, Tx } from '../../../db/connection.ts';
import { countsFrom, fellIn, hotRankOf, keptBestRankOf, rankedFromOf } from '../../../db/ranks.ts';
import {
  flags,
  members,
  posts,
  topicRepliers,
  topics,
  topicsToRank,
  votes,
} from '../../../db/schema/index.ts';

/** A counter that is not what the rows say. */
export interface CounterFault {
  /** "posts.score" */
  readonly counter: string;
  /** Of the row; of a replier: topic and member. */
  readonly id: string;
  readonly stored: string;
  readonly counted: string;
}

interface Counter {
  readonly column: string;
  /** What the rows say, as an expression on a row of the table. */
  readonly counted: SQL;
  /** Doubles, that may differ in the last place. */
  readonly real?: true;
  /** Lists are sorted by it: that it fell is noted. */
  readonly rank?: true;
}

/** Counters of one table that depend on none of each other, only on those of earlier rounds. */
interface Round {
  readonly table: PgTable;
  readonly counters: readonly Counter[];
}

const visibleReplyOfTopic = sql`${posts.topicId} = ${topics.id} and ${posts.branchId} is not null and ${posts.state} = 'visible'`;

const ofPost = sql`${topics.id} = ${posts.topicId}`;

const ROUNDS: readonly Round[] = [
  {
    table: posts,
    counters: [
      {
        column: 'score',
        counted: sql`${posts.baseScore} + (select count(*) from ${votes}
          where ${votes.postId} = ${posts.id} and ${votes.counted})::integer`,
      },
      {
        column: 'flag_weight',
        real: true,
        // A flag weighs until it is taken back or a moderator finds it unfounded.
        counted: sql`coalesce((select sum(${flags.weight}) from ${flags} where ${flags.postId} = ${posts.id}
          and ${flags.takenBackAt} is null and ${flags.outcome} is distinct from 'rejected'), 0)`,
      },
      {
        column: 'branch_size',
        counted: sql`case when ${posts.branchId} = ${posts.id} then (select count(*) from ${posts} as reply
          where reply.branch_id = ${posts.id} and reply.held_at is null)::integer else 1 end`,
      },
    ],
  },
  {
    table: posts,
    counters: [
      {
        column: 'best_rank',
        real: true,
        counted: keptBestRankOf(),
      },
    ],
  },
  { table: topics, counters: [{ column: 'ranked_from', counted: rankedFromOf() }] },
  // Copied by triggers for searches (docs/decisions/021-search.md).
  {
    table: posts,
    counters: [
      { column: 'section_id', counted: sql`(select ${topics.sectionId} from ${topics} where ${ofPost})` },
      { column: 'topic_counts_from', counted: sql`(select ${countsFrom} from ${topics} where ${ofPost})` },
    ],
  },
  {
    table: topics,
    counters: [
      {
        column: 'reply_count',
        counted: sql`(select count(*) from ${posts} where ${visibleReplyOfTopic})::integer`,
      },
      {
        column: 'replier_count',
        counted: sql`(select count(distinct ${posts.authorId}) from ${posts}
          where ${visibleReplyOfTopic} and ${posts.authorId} is distinct from ${topics.authorId})::integer`,
      },
      {
        column: 'last_activity_at',
        rank: true,
        counted: sql`greatest(${countsFrom}, (select max(${posts.postedAt}) from ${posts} where ${visibleReplyOfTopic}))`,
      },
      {
        column: 'score',
        rank: true,
        // A topic that waits to be ranked (rank-topics.ts) has what it had.
        counted: sql`case when exists (select from ${topicsToRank} where ${topicsToRank.topicId} = ${topics.id}) then ${topics.score}
          else coalesce((select ${posts.score} from ${posts} where ${posts.id} = ${topics.openingPostId}), 0) end`,
      },
    ],
  },
  {
    table: topics,
    counters: [
      {
        column: 'hot_rank',
        real: true,
        rank: true,
        counted: hotRankOf(sql`${topics.score}`, sql`${topics.replierCount}`),
      },
    ],
  },
  {
    table: members,
    counters: [
      {
        column: 'replies_kept',
        counted: sql`(select count(*) from ${posts} where ${posts.authorId} = ${members.id}
          and ${posts.branchId} is not null and ${posts.state} in ('visible', 'withdrawn'))::integer`,
      },
    ],
  },
];

/** Rows of (topic_id, member_id, stored, counted) where the stored number of replies is not the counted one. */
const WRONG_REPLIERS = sql`select topic_id, member_id, was.n as stored, truth.n as counted
    from (select topic_id, member_id, n from ${topicRepliers}) as was
    full join (select ${posts.topicId}, ${posts.authorId} as member_id, count(*)::integer as n
      from ${posts} where ${posts.branchId} is not null and ${posts.authorId} is not null and ${posts.state} = 'visible'
      group by ${posts.topicId}, ${posts.authorId}) as truth using (topic_id, member_id)
    where was.n is distinct from truth.n`;

/** Every counter that is not what the rows say. */
export async function findCounterFaults(db: Reader): Promise<CounterFault[]> {
  const found: CounterFault[] = [];
  for (const { table, counters } of ROUNDS) {
    for (const counter of counters) {
      const { rows } = await db.execute<Omit<CounterFault, 'counter'>>(
        sql`select id::text, ${stored(table, counter)}::text as stored, (${counter.counted})::text as counted
          from ${table} where ${differs(table, counter)} order by ${table}.id`,
      );
      found.push(...rows.map((row) => ({ counter: `${getTableName(table)}.${counter.column}`, ...row })));
    }
  }
  const { rows } = await db.execute<Omit<CounterFault, 'counter'>>(
    sql`select topic_id || ' ' || member_id as id, coalesce(stored, 0)::text as stored, coalesce(counted, 0)::text as counted
      from (${WRONG_REPLIERS}) as wrong order by topic_id, member_id`,
  );
  found.push(...rows.map((row) => ({ counter: 'topic_repliers.n', ...row })));
  return found;
}

/** Makes every counter what the rows say. Nobody else may write meanwhile: see lockCounters. */
export async function repairCounters(tx: Tx): Promise<void> {
  for (const { table, counters } of ROUNDS) {
    const changes = counters.map(({ column, counted }) => sql`${sql.identifier(column)} = ${counted}`);
    const falls = counters
      .filter(({ rank }) => rank)
      .map((each) => sql`${each.counted} < ${stored(table, each)}`);
    if (falls.length > 0) changes.push(sql`rank_fell_in = ${fellIn(falls)}`);
    const wrong = counters.map((counter) => differs(table, counter));
    await tx.execute(sql`update ${table} set ${sql.join(changes, sql`, `)}
      where ${sql.join(wrong, sql` or `)}`);
  }
  await tx.execute(sql`with wrong as (${WRONG_REPLIERS}),
    gone as (delete from ${topicRepliers} using wrong where wrong.counted is null
      and ${topicRepliers.topicId} = wrong.topic_id and ${topicRepliers.memberId} = wrong.member_id)
    insert into ${topicRepliers} (topic_id, member_id, n) select topic_id, member_id, counted from wrong where counted is not null
    on conflict (topic_id, member_id) do update set n = excluded.n`);
}

/** Lets nobody else change a counter, or what it counts, until the transaction ends. Reading goes on. */
export async function lockCounters(tx: Tx): Promise<void> {
  await tx.execute(
    sql`lock table ${topics}, ${posts}, ${votes}, ${flags}, ${members}, ${topicRepliers} in share row exclusive mode`,
  );
}

function stored(table: PgTable, { column }: Counter): SQL {
  return sql`${table}.${sql.identifier(column)}`;
}

function differs(table: PgTable, counter: Counter): SQL {
  return counter.real
    ? sql`abs(${stored(table, counter)} - (${counter.counted})) > 1e-9`
    : sql`${stored(table, counter)} is distinct from ${counter.counted}`;
}
