// What of a stream its feed holds (domain/feeds.ts), as SQL: all of the last days, and of a quiet place the newest anyhow.
import { type SQL, sql } from 'drizzle-orm';
import type { posts, topics } from '../../../db/schema/index.ts';
import { FEEDS } from '../../../domain/feeds.ts';

/**
 * Ids of the newest rows: walks an index, and reads no text.
 * @param from the table, with what the condition wants joined
 */
export function newest(
  of: typeof posts | typeof topics,
  from: SQL,
  condition: SQL | undefined,
  now: Date,
): SQL {
  const { least, within, most } = FEEDS;
  const since = new Date(now.getTime() - within).toISOString();
  const order = sql`${of.postedAt} desc, ${of.id} desc`;
  return sql`select id from (
      select ${of.id} as id, ${of.postedAt} as posted_at, row_number() over (order by ${order}) as place
      from ${from} where ${condition} order by ${order} limit ${most}) as newest
    where place <= ${least} or posted_at >= ${since}::timestamptz`;
}
