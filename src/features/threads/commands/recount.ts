// Counters against the rows they count: for imports, which count once at the end, for `npm run doctor`, and for tests.
// Everything here is derived from rows alone; commands/counters.ts and commands/vote.ts keep the same by deltas.
import { getTableName, type SQL, sql } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import type { Reader, Tx } from '../../../db/connection.ts';
import { bestRankOf, hotRankOf } from '../../../db/ranks.ts';
import { flags, members, posts, topicRepliers, topics, votes } from '../../../db/schema/index.ts';
import type { TopicId } from '../../../domain/ids.ts';

/** A counter that is not what the rows say. */
export interface CounterFault {
  /** "posts.score" */
  readonly counter: string;
  /** Of the row; of a replier: topic and member. */
  readonly id: string;
  readonly stored: string;
  readonly counted: string;
}

/** Which topics; undefined: all, and what is counted across them. */
type Scope = readonly TopicId[] | undefined;

interface Counter {
  readonly table: PgTable;
  readonly column: string;
  /** Rows of (id, counted). */
  readonly truth: (scope: Scope) => SQL;
  /** Doubles, that may differ in the last place. */
  readonly real?: true;
  readonly acrossTopics?: true;
}

const within = (topicId: SQL, scope: Scope): SQL =>
  scope === undefined ? sql`true` : sql`${topicId} = any(${sql.param([...scope])}::bigint[])`;
const replies = (scope: Scope): SQL =>
  sql`${posts} where ${posts.branchId} is not null and ${within(sql`${posts.topicId}`, scope)}`;

/** In the order in which they depend on each other. */
const COUNTERS: readonly Counter[] = [
  {
    table: posts,
    column: 'score',
    truth: (scope) => sql`select ${posts.id}, ${posts.baseScore} + (select count(*) from ${votes}
        where ${votes.postId} = ${posts.id} and ${votes.counted})::integer as counted
      from ${posts} where ${within(sql`${posts.topicId}`, scope)}`,
  },
  {
    table: posts,
    column: 'flag_weight',
    real: true,
    // A flag weighs until it is taken back or a moderator finds it unfounded.
    truth: (scope) => sql`select ${posts.id}, coalesce((select sum(${flags.weight}) from ${flags}
        where ${flags.postId} = ${posts.id} and ${flags.takenBackAt} is null and ${flags.outcome} is distinct from 'rejected'), 0) as counted
      from ${posts} where ${within(sql`${posts.topicId}`, scope)}`,
  },
  {
    table: posts,
    column: 'best_rank',
    real: true,
    truth: (scope) => sql`select ${posts.id},
        ${bestRankOf(sql`${posts.score}`, sql`${posts.baseScore}`, sql`${posts.flagWeight}`)} as counted
      from ${posts} where ${within(sql`${posts.topicId}`, scope)}`,
  },
  {
    table: posts,
    column: 'branch_size',
    truth: (
      scope,
    ) => sql`select ${posts.branchId} as id, (count(*) filter (where ${posts.heldAt} is null))::integer as counted
      from ${replies(scope)} group by ${posts.branchId}`,
  },
  {
    table: topics,
    column: 'reply_count',
    truth: (scope) =>
      ofTopics(scope, sql`(select count(*) from ${posts} where ${visibleReplyOfTopic})::integer`),
  },
  {
    table: topics,
    column: 'replier_count',
    truth: (scope) =>
      ofTopics(
        scope,
        sql`(select count(distinct ${posts.authorId}) from ${posts}
          where ${visibleReplyOfTopic} and ${posts.authorId} is distinct from ${topics.authorId})::integer`,
      ),
  },
  {
    table: topics,
    column: 'last_activity_at',
    truth: (scope) =>
      ofTopics(
        scope,
        sql`greatest(${topics.postedAt}, (select max(${posts.postedAt}) from ${posts} where ${visibleReplyOfTopic}))`,
      ),
  },
  {
    table: topics,
    column: 'score',
    truth: (scope) =>
      ofTopics(scope, sql`(select ${posts.score} from ${posts} where ${posts.id} = ${topics.openingPostId})`),
  },
  {
    table: topics,
    column: 'hot_rank',
    real: true,
    truth: (scope) => ofTopics(scope, hotRankOf(sql`${topics.score}`, sql`${topics.replierCount}`)),
  },
  {
    table: members,
    column: 'replies_kept',
    acrossTopics: true,
    truth:
      () => sql`select ${members.id}, (select count(*) from ${posts} where ${posts.authorId} = ${members.id}
        and ${posts.branchId} is not null and ${posts.state} in ('visible', 'withdrawn'))::integer as counted
      from ${members}`,
  },
];

const visibleReplyOfTopic = sql`${posts.topicId} = ${topics.id} and ${posts.branchId} is not null and ${posts.state} = 'visible'`;

function ofTopics(scope: Scope, counted: SQL): SQL {
  return sql`select ${topics.id}, ${counted} as counted from ${topics} where ${within(sql`${topics.id}`, scope)}`;
}

/** Rows of (topic_id, member_id, stored, counted) where the stored number of replies is not the counted one. */
function wrongRepliers(scope: Scope): SQL {
  return sql`select topic_id, member_id, was.n as stored, truth.n as counted
    from (select topic_id, member_id, n from ${topicRepliers} where ${within(sql`topic_id`, scope)}) as was
    full join (select ${posts.topicId}, ${posts.authorId} as member_id, count(*)::integer as n
      from ${replies(scope)} and ${posts.authorId} is not null and ${posts.state} = 'visible'
      group by ${posts.topicId}, ${posts.authorId}) as truth using (topic_id, member_id)
    where was.n is distinct from truth.n`;
}

/** Every counter that is not what the rows say. */
export async function findCounterFaults(db: Reader, scope?: readonly TopicId[]): Promise<CounterFault[]> {
  const found: CounterFault[] = [];
  for (const counter of countersOf(scope)) {
    const { table, truth } = counter;
    const { rows } = await db.execute<Omit<CounterFault, 'counter'>>(
      sql`select id::text, ${stored(counter)}::text as stored, truth.counted::text as counted
        from ${table} join (${truth(scope)}) as truth using (id) where ${differs(counter)} order by ${table}.id`,
    );
    found.push(...rows.map((row) => ({ counter: `${getTableName(table)}.${counter.column}`, ...row })));
  }
  const { rows } = await db.execute<Omit<CounterFault, 'counter'>>(
    sql`select topic_id || ' ' || member_id as id, coalesce(stored, 0)::text as stored, coalesce(counted, 0)::text as counted
      from (${wrongRepliers(scope)}) as wrong order by topic_id, member_id`,
  );
  found.push(...rows.map((row) => ({ counter: 'topic_repliers.n', ...row })));
  return found;
}

/** Makes every counter what the rows say. Without a scope nobody else may write meanwhile: see lockCounters. */
export async function repairCounters(tx: Tx, scope?: readonly TopicId[]): Promise<void> {
  for (const counter of countersOf(scope)) {
    const { table, column, truth } = counter;
    await tx.execute(sql`update ${table} set ${sql.identifier(column)} = truth.counted
      from (${truth(scope)}) as truth where truth.id = ${table}.id and ${differs(counter)}`);
  }
  await tx.execute(sql`with wrong as (${wrongRepliers(scope)}),
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

function countersOf(scope: Scope): readonly Counter[] {
  return scope === undefined ? COUNTERS : COUNTERS.filter(({ acrossTopics }) => !acrossTopics);
}

function stored({ table, column }: Counter): SQL {
  return sql`${table}.${sql.identifier(column)}`;
}

function differs(counter: Counter): SQL {
  return counter.real
    ? sql`abs(${stored(counter)} - truth.counted) > 1e-9`
    : sql`${stored(counter)} is distinct from truth.counted`;
}
