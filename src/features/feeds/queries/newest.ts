// What of a stream its feed holds (domain/feeds.ts), as SQL: all of the last days, of a quiet place the newest anyhow, and
// in any case no more than can be written at a time.
import { type SQL, sql } from 'drizzle-orm';
import { posts, topics } from '../../../db/schema/index.ts';
import { FEEDS } from '../../../domain/feeds.ts';
import type { TopicId } from '../../../domain/ids.ts';

/** The size of the texts up to a row. PostgreSQL knows that of a long one without reading it. */
function sizeUpTo(order: SQL): SQL {
  return sql`sum(octet_length(${posts.bodyHtml})) over (order by ${order} rows unbounded preceding)`;
}

/**
 * Ids of the newest rows of a table, from an index.
 * @param from the table, with posts and what the condition wants joined
 */
export function newest(
  of: typeof posts | typeof topics,
  from: SQL,
  condition: SQL | undefined,
  now: Date,
): SQL {
  const { least, within, most, bytes } = FEEDS;
  const since = new Date(now.getTime() - within).toISOString();
  const order = sql`${of.postedAt} desc, ${of.id} desc`;
  return sql`select id from (
      select ${of.id} as id, ${of.postedAt} as posted_at, row_number() over (order by ${order}) as place,
        ${sizeUpTo(order)} as size
      from ${from} where ${condition} order by ${order} limit ${most}) as newest
    where place = 1 or size <= ${bytes} and (place <= ${least} or posted_at >= ${since}::timestamptz)`;
}

/** Those of the topics, from the first on, whose texts go into one feed. */
export function fitting(ids: readonly TopicId[], opening: SQL): SQL {
  const given = sql`${sql.param([...ids])}::bigint[]`;
  return sql`select id from (
      select ${topics.id} as id, ${sizeUpTo(sql`array_position(${given}, ${topics.id})`)} as size
      from ${opening} where ${topics.id} = any(${given})) as sized
    where size <= ${FEEDS.bytes} or id = (${given})[1]`;
}
