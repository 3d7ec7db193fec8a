// Feeds are read from indexes, however large the forum: programs ask for them by the hundred, day and night.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '../../../src/db/schema/index.ts';
import { type Member, visitor } from '../../../src/domain/viewer.ts';
import {
  listFollowedReplies,
  listNewestReplies,
  listRepliesBy,
  listRepliesIn,
} from '../../../src/features/feeds/queries/feed-replies.ts';
import { listNewestTopics, listTopicsBy } from '../../../src/features/feeds/queries/feed-topics.ts';
import { topicConditions } from '../../../src/features/threads/index.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { expect, test } from '../../support/forum.ts';

const POSTS = 3_000;

test('every kind of feed', async ({ app, db, make, clock }) => {
  const { sectionId, authorId, openingPostId } = await make.topic();
  const row = await make.member();
  const standing = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
  const member: Member = { ...row, ...standing, kind: 'member', trust: 'member' };
  const at = (n: number) => clock.ago({ minutes: POSTS - n });
  const topics = await db
    .insert(schema.topics)
    .values(
      Array.from({ length: POSTS }, (_, n) => ({
        ...{ kind: 'text' as const, slug: 'a', title: `Topic ${n}`, sectionId, openingPostId },
        ...{ authorId: n % 50 === 0 ? row.id : authorId, postedAt: at(n), lastActivityAt: at(n) },
      })),
    )
    .returning({ id: schema.topics.id });
  await db.insert(schema.posts).values(
    topics.map(({ id: topicId }, n) => ({
      ...{ topicId, branchId: openingPostId, depth: 0, authorId: n % 50 === 0 ? row.id : authorId },
      ...{ postedAt: at(n), bodyMd: '', bodyHtml: '' as SafeHtml, rendererVersion: 1 },
    })),
  );
  const followed = { memberId: row.id, level: 'all' as const, setAt: clock.now() };
  await db.insert(schema.followLevels).values({ ...followed, topicId: topics[7]!.id });
  // As in any forum, nearly all of the record is replies.
  await db.execute(sql`analyze topics`);
  await db.execute(sql`insert into events (at, kind, topic_id, data)
    select topics.posted_at, case when n = 0 then 'topic-posted' else 'reply-posted' end, topics.id, '{}'::jsonb
    from topics, generate_series(0, 9) as n`);
  await db.execute(sql`analyze topics, posts, follow_levels, revisions, events`);

  let asked = { text: '', values: [] as unknown[] };
  const logQuery = (text: string, values: unknown[]) => void (asked = { text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  // So small a forum is read as it lies where an index would be right for a large one.
  await client.query('set enable_seqscan = off');
  const now = clock.now();
  const inSection = topicConditions(visitor, { list: 'new', sectionId }, now);
  const kinds: readonly (readonly [string, () => Promise<unknown>, RegExp])[] = [
    ['all topics', () => listNewestTopics(listening, [], now), /Index Scan using topics_new/],
    [
      'what was done to them',
      () => listNewestTopics(listening, [], now),
      /Index Scan using events_topic_changes/,
    ],
    [
      'a section',
      () => listNewestTopics(listening, inSection, now),
      /Index Scan using topics_(section_)?new/,
    ],
    ['topics of a member', () => listTopicsBy(listening, row.id, now), /topics_author/],
    ['all replies', () => listNewestReplies(listening, now), /Index Scan using posts_new/],
    ['replies of a member', () => listRepliesBy(listening, row.id, now), /posts_(author|form_unique)/],
    ['a topic', () => listRepliesIn(listening, topics[7]!.id, now), /posts_topic/],
    ['what is followed', () => listFollowedReplies(listening, member, now), /posts_topic/],
  ];
  try {
    for (const [kind, read, index] of kinds) {
      await read();
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${asked.text}`, asked.values);
      const plan = rows.map((line) => line['QUERY PLAN']).join('\n');
      expect(plan, kind).toMatch(index);
      expect(plan, `${kind}\n${plan}`).not.toMatch(/Seq Scan on (topics|posts|revisions|events|sources)\b/);
    }
    // Where nothing is new no more is read than the least that a feed holds.
    await listNewestTopics(listening, [], clock.ago({ days: -3 }));
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(
      `explain (analyze, timing off) ${asked.text}`,
      asked.values,
    );
    const plan = rows.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toMatch(/Limit .*rows=30\b/);
    expect(plan).toMatch(/Index Scan using topics_new .*\(never executed\)/);
    expect(plan).not.toMatch(/Limit .*rows=500\b/);
  } finally {
    await client.end();
  }
});
