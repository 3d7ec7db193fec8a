// What decisions look up is found by indexes, however many posts, members and flags there are.
import { drizzle } from 'drizzle-orm/node-postgres';
import { listConcerned } from '../../../src/db/concerned.ts';
import * as schema from '../../../src/db/schema/index.ts';
import type { ActionId, MemberId, PostId } from '../../../src/domain/ids.ts';
import { lockConcerned } from '../../../src/features/flags/index.ts';
import { lockHiddenBy } from '../../../src/features/moderation/index.ts';
import { listFlagsOn } from '../../../src/features/sanctions/queries/history.ts';
import { expect, test } from '../../support/forum.ts';

/** A table that grows with the forum, or an index of one from its one end to its other. */
const WHOLE =
  /(Seq Scan on|Scan( Backward)? using \w+ on) (posts|members|flags|hides|actions|action_posts)\b.*\n(?!\s+Index Cond)/;

/**
 * A forum of some size, with what the planner knows of it: both go with the transaction. It knows of each table before
 * rows refer to it, else every reference is looked for in all of a table that it takes for empty.
 */
const FORUM = [
  `insert into members (id, name, name_key, name_skeleton, joined_at)
    select n, 'm' || n, 'm' || n, 'm' || n, now() from generate_series(1000001, 1004000) as n`,
  'analyze members',
  `insert into topics (id, kind, slug, section_id, author_id, title, posted_at, last_activity_at)
    select n, 'text', 'a', (select min(id) from sections), n, 'A topic', now(), now() from generate_series(1000001, 1001000) as n`,
  'analyze topics',
  `insert into posts (id, topic_id, branch_id, depth, author_id, posted_at, body_md, body_html, renderer_version)
    select n, 1000001 + n % 1000, n, 0, 1000001 + n % 4000, now(), 'a', 'a', 1 from generate_series(1000001, 1012000) as n`,
  'analyze posts',
  `insert into actions (id, kind, at, reason, post_id)
    select n, 'hide', now(), 'a', n from generate_series(1000001, 1004000) as n`,
  'analyze actions',
  `insert into action_posts (action_id, post_id) select id, post_id from actions where id > 1000000`,
  `insert into hides (action_id, post_id) select id, post_id from actions where id > 1000000`,
  `insert into hides (action_id, topic_id)
    select n, 1000001 + n % 1000 from generate_series(1000001, 1004000) as n`,
  `insert into flags (post_id, flagger_id, reason, weight, flagged_at)
    select n, 1000001 + n % 4000, 'spam', 1, now() from generate_series(1000001, 1004000) as n`,
  'analyze action_posts, hides, flags',
];

test('nothing reads all posts, members or flags', async ({ app }) => {
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const [actionId, memberId] = [1_000_001 as ActionId, 1_000_001 as MemberId];
  await listConcerned(listening, actionId);
  await listFlagsOn(listening, memberId, 10);
  await listening.transaction((tx) => lockConcerned(tx, [{ postId: 1_000_001 as PostId }, { memberId }]));
  await listening.transaction((tx) => lockHiddenBy(tx, actionId));
  const queries = asked.filter(({ text }) => text.includes('select'));
  expect(queries.length).toBeGreaterThan(4);
  const client = await app.pool.connect();
  try {
    await client.query('begin');
    for (const statement of FORUM) await client.query(statement);
    for (const { text, values } of queries) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
      expect(plan).not.toMatch(WHOLE);
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
});
