// Holds every transaction of every test to what it told of the pages it changes (src/db/page-changes.ts): deferred triggers
// look, when a transaction commits, whether each topic it wrote into was told, or everything. What a topic shows hangs on a
// column that names the topic, or the post; other tables want that anything was told at all.
import { getTableName, is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type pg from 'pg';
import { SEEN } from '../../src/db/page-changes.ts';
import * as schema from '../../src/db/schema/index.ts';

/** The topic of a row, as SQL with `r` for the row; other tables belong to no topic. */
const TOPIC_OF: Readonly<Record<string, string>> = {
  topics: 'r.id',
  posts: 'r.topic_id',
  sources: 'r.topic_id',
  topic_tags: 'r.topic_id',
  topic_repliers: 'r.topic_id',
  revisions: '(select topic_id from posts where posts.id = r.post_id)',
};

/** Columns that pages may show as late as the passing of time. */
const MAY_LAG: Readonly<Record<string, readonly string[]>> = { members: ['topics_read', 'topics_forgotten'] };

/** Makes the triggers in the template of all test databases. */
export async function watchPageChanges(pool: pg.Pool): Promise<void> {
  const names = Object.values(schema).flatMap((table) => (is(table, PgTable) ? [getTableName(table)] : []));
  for (const name of names.filter((name) => SEEN.has(name))) {
    const topicOf = TOPIC_OF[name];
    const lagging = MAY_LAG[name]?.map((column) => `- '${column}'`).join(' ');
    const isSame =
      lagging === undefined
        ? 'old is not distinct from new'
        : `to_jsonb(old) ${lagging} = to_jsonb(new) ${lagging}`;
    await pool.query(`
      create function watch_${name}() returns trigger language plpgsql as $$
        declare r ${name} := coalesce(new, old);
        begin
          if tg_op = 'UPDATE' and ${isSame} then
            return null;
          end if;
          if not exists (select from page_changes where written_in = pg_current_xact_id()
            and (effect = 'everything' ${topicOf ? `or topic_id = ${topicOf}` : 'or true'})) then
            raise exception 'A transaction that wrote ${name} did not tell which pages change: see db/page-changes.ts (%)', to_jsonb(r);
          end if;
          return null;
        end $$;
      create constraint trigger watch_${name} after insert or update or delete on ${name}
        deferrable initially deferred for each row execute function watch_${name}()`);
  }
}
