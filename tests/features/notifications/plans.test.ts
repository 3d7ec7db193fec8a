// What the inbox and the job that tells ask is read from indexes, however much one member was told.
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { listMuters } from '../../../src/db/following.ts';
import { countUnread } from '../../../src/db/notices.ts';
import * as schema from '../../../src/db/schema/index.ts';
import type { MemberId, NotificationId, PostId, TopicId } from '../../../src/domain/ids.ts';
import {
  followersOfTopic,
  listCandidates,
  type PostToTell,
} from '../../../src/features/notifications/audience.ts';
import { markPostsRead, markRead } from '../../../src/features/notifications/commands.ts';
import { takeForMail } from '../../../src/features/notifications/index.ts';
import { listEntries, SHOWN } from '../../../src/features/notifications/queries.ts';
import { expect, test } from '../../support/forum.ts';
import { planForGood } from '../../support/plan-for-good.ts';

/** A table that grows with the forum, or an index of one from its one end to its other. (Topics are few here.) */
const WHOLE =
  /(Seq Scan on|Scan( Backward)? using \w+ on) (notifications|posts|members)\b.*\n(?!\s+(Index|Recheck) Cond)/;

const ME = 1_000_001 as MemberId;

/**
 * A member who was told 20,000 times, of 1,000 topics, half of which is read; and others who were told besides. The planner
 * knows of each table before rows refer to it, else every reference is looked for in all of a table that it takes for empty.
 */
const FORUM = [
  `insert into members (id, name, name_key, name_skeleton, joined_at)
    select n, 'm' || n, 'm' || n, 'm' || n, now() from generate_series(1000001, 1002000) as n`,
  'analyze members',
  `insert into topics (id, kind, slug, section_id, author_id, title, posted_at, last_activity_at)
    select n, 'text', 'a', (select min(id) from sections), n, 'A topic', now(), now() from generate_series(1000001, 1001000) as n`,
  'analyze topics',
  `insert into posts (id, topic_id, branch_id, depth, author_id, posted_at, body_md, body_html, renderer_version)
    select n, 1000001 + n % 1000, n, 0, 1000002 + n % 1999, now(), 'a', 'a', 1 from generate_series(1000001, 1005000) as n`,
  'analyze posts',
  `insert into notifications (member_id, kind, at, actor_id, topic_id, post_id, read_at, mail)
    select case when n % 3 = 0 then ${ME} else 1000001 + n % 2000 end,
      (array['reply', 'topic', 'topic', 'mention'])[1 + n % 4], now(), 1000002, 1000001 + n % 1000,
      case when n <= 1005000 then n end, case when n % 2 = 0 then now() end, case when n % 500 = 0 then 'daily' end
    from generate_series(1000001, 1060000) as n`,
  `insert into follow_levels (member_id, topic_id, level, set_at)
    select n, 1000001, 'all', now() from generate_series(1000001, 1002000) as n`,
  'analyze notifications, follow_levels',
];

const mutes = (column: string, value: string) =>
  `insert into follow_levels (member_id, ${column}, level, set_at) values (${ME}, ${value}, 'nothing', now())`;

test('of 20,000 notifications of one member', async ({ app }) => {
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  for (const shown of SHOWN)
    for (const after of [undefined, 1_000_000_000 as NotificationId])
      await listEntries(listening, ME, { shown, after, limit: 30 });
  const post = { topicId: 1_000_001 as TopicId } as PostToTell;
  const audience = { answered: ME, named: [ME], following: followersOfTopic(post) };
  await listCandidates(listening, audience, 0 as MemberId, 1_000);
  await listening
    .select({ n: countUnread(schema.members.id) })
    .from(schema.members)
    .where(eq(schema.members.id, ME));
  await listening.transaction(async (tx) => {
    await markRead(tx, ME, { id: 1 as NotificationId }, { now: app.clock.now() });
    await markPostsRead(tx, ME, [1_000_001 as PostId, 1_000_002 as PostId], app.clock.now());
    await takeForMail(tx, ME, 'daily', app.clock.now());
  });
  const queries = asked.filter(({ text }) => /select|update/.test(text));
  expect(queries.length).toBeGreaterThan(12);
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

// A plan for all times expects more members than there are, and what all members mute would pay for that many.
test('whom to spare is asked of those concerned, not of all that members mute', async ({ app }) => {
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  await listMuters(listening, 1_000_001 as PostId, [ME]);
  const [{ text, values }] = asked as [(typeof asked)[number]];
  const client = await app.pool.connect();
  try {
    await client.query('begin');
    for (const statement of FORUM) await client.query(statement);
    await client.query(`insert into follow_levels (member_id, about_id, level, set_at)
      select n, 1000001 + (n + 1) % 2000, 'nothing', now() from generate_series(1000001, 1002000) as n`);
    await client.query('analyze follow_levels');
    const plan = await planForGood(client, text, values);
    expect(plan).toContain('follow_levels');
    expect(plan).not.toMatch(/hashed SubPlan|Seq Scan on follow_levels/);
  } finally {
    await client.query('rollback');
    client.release();
  }
});

// Of each notice it would be asked eight times, and the title of its topic taken apart for words.
test.for([
  ['nothing', []],
  ['a tag', ["insert into tags (id, slug, name) values (1000001, 'a', 'a')", mutes('tag_id', '1000001')]],
  ['a word', [mutes('word', "'gpt'")]],
] as const)('what is muted is asked of notices as far as needed: %s', async ([what, mutings], { app }) => {
  const count = app.db
    .select({ n: countUnread(schema.members.id) })
    .from(schema.members)
    .where(eq(schema.members.id, ME))
    .toSQL();
  const client = await app.pool.connect();
  try {
    await client.query('begin');
    for (const statement of [...FORUM, ...mutings]) await client.query(statement);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, timing off) ${count.sql}`,
      count.params,
    );
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    const asksOfEach = /follow_levels.*loops=\d{2,}/.test(plan);
    const takesTitlesApart = /loops=1\).*\n(?:.*Cond.*\n)?.*numnode/.test(plan);
    expect({ asksOfEach, takesTitlesApart }).toEqual({
      asksOfEach: what !== 'nothing',
      takesTitlesApart: what === 'a word',
    });
  } finally {
    await client.query('rollback');
    client.release();
  }
});
