// What of a stream its feed holds (domain/feeds.ts), as SQL: all of the last days, of a quiet place the newest anyhow, and
// in any case no more than can be written at a time.
import { and, type Column, type SQL, sql } from 'drizzle-orm';
import { posts, topics } from '../../../db/schema/index.ts';
import { FEEDS } from '../../../domain/feeds.ts';
import type { TopicId } from '../../../domain/ids.ts';

/** PostgreSQL knows that of a long text without reading it. */
const SIZE = sql`octet_length(${posts.bodyHtml})`;

/** The size of the texts up to a row. */
const upTo = (size: SQL, order: SQL): SQL =>
  sql`sum(${size}) over (order by ${order} rows unbounded preceding)`;

/**
 * Ids of the newest rows of a table, from an index. No more are read than the feed may hold: a busy forum has hundreds that
 * are too old for it.
 * @param from the table, with what the condition wants joined
 * @param textId column of the post that has a row's text
 */
export function newest(
  of: typeof posts | typeof topics,
  from: SQL,
  textId: Column,
  condition: SQL | undefined,
  now: Date,
): SQL {
  const { least, within, most, bytes } = FEEDS;
  const since = sql`${new Date(now.getTime() - within).toISOString()}::timestamptz`;
  const order = (table: SQL | typeof of) => sql`${table}.posted_at desc, ${table}.id desc`;
  const rows = (limit: number, further?: SQL) => sql`
    select ${of.id} as id, ${of.postedAt} as posted_at, ${textId} as text_id
    from ${from} where ${and(condition, further)} order by ${order(of)} limit ${limit}`;
  // Where the last of the least is too old already, PostgreSQL does not begin to look for more.
  const busy = sql`(select count(*) = ${least} and min(posted_at) >= ${since} from anyhow)`;
  const last = sql`select posted_at, id from anyhow order by posted_at, id limit 1`;
  const beyond = sql`${busy} and ${of.postedAt} >= ${since} and (${of.postedAt}, ${of.id}) < (${last})`;
  return sql`with anyhow as materialized (${rows(least)}),
    lately as (${rows(most - least, beyond)})
    select id from (
      select either.id, row_number() over (order by ${order(sql`either`)}) as place,
        ${upTo(SIZE, order(sql`either`))} as size
      from (select * from anyhow union all select * from lately) as either
        join ${posts} on ${posts.id} = either.text_id) as newest
    where place = 1 or size <= ${bytes}`;
}

/** Those of the topics, from the first on, whose texts go into one feed. */
export function fitting(ids: readonly TopicId[], opening: SQL): SQL {
  const given = sql`${sql.param([...ids])}::bigint[]`;
  return sql`select id from (
      select ${topics.id} as id, ${upTo(SIZE, sql`array_position(${given}, ${topics.id})`)} as size
      from ${opening} where ${topics.id} = any(${given})) as sized
    where size <= ${FEEDS.bytes} or id = (${given})[1]`;
}
