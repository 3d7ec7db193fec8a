// What is followed is gathered from indexes, and what is muted is asked of the rows of a list alone, however large the
// forum.
import { and, desc, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import {
  followedTopics,
  followsWidely,
  listMuters,
  topicsWithWord,
  unmutedTopics,
} from '../../../src/db/following.ts';
import * as schema from '../../../src/db/schema/index.ts';
import { listedTopics } from '../../../src/db/visibility.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { expect, test } from '../../support/forum.ts';

const TOPICS = 4_000;
const FOLLOWS = 60;

test('a list of what a member follows, without what they mute, scans no table of topics', async ({
  app,
  db,
  make,
  clock,
}) => {
  const { id: topicId, openingPostId, sectionId } = await make.topic();
  const { id: authorId } = await make.member();
  const start = Date.UTC(2026, 0, 1);
  const at = (n: number) => new Date(start + n * 60_000);
  const made = await db
    .insert(schema.topics)
    .values(
      Array.from({ length: TOPICS }, (_, n) => ({
        ...{ kind: 'link' as const, slug: 'a', title: `Topic ${n} of word${n % 500}`, sectionId, authorId },
        ...{ hotRank: n, postedAt: at(n), lastActivityAt: at(n) },
      })),
    )
    .returning({ id: schema.topics.id });
  const tagged = await db
    .insert(schema.tags)
    .values(Array.from({ length: 200 }, (_, n) => ({ slug: `tag${n}`, name: `tag${n}` })))
    .returning({ id: schema.tags.id });
  await db
    .insert(schema.topicTags)
    .values(made.map(({ id }, n) => ({ topicId: id, tagId: tagged[n % 200]!.id, position: 0 })));
  await db.insert(schema.sources).values(
    made.map(({ id }, n) => ({
      ...{ topicId: id, url: 'https://a.example/', urlKey: `${n}`, keyVersion: 1, addedAt: clock.now() },
      publisherHost: `s${n % 300}.example`,
    })),
  );
  const row = await make.member();
  const standing = { trust: 'member', silencedUntil: null, suspendedUntil: null, leavingAt: null } as const;
  const member: Member = { ...row, kind: 'member', ...standing };
  const level = (n: number) => (n % 5 === 0 ? ('nothing' as const) : ('all' as const));
  await db.insert(schema.followLevels).values(
    Array.from(
      { length: FOLLOWS },
      (_, n) =>
        [
          { tagId: tagged[n % 40]!.id, word: null, host: null },
          { tagId: null, word: `word${n}`, host: null },
          { tagId: null, word: null, host: `s${n}.example` },
        ][n % 3]!,
    )
      .map((subject, n) => ({ memberId: row.id, level: level(n), setAt: clock.now(), ...subject }))
      .filter(({ tagId }, n, all) => tagId === null || all.findIndex((other) => other.tagId === tagId) === n),
  );
  await db.execute(sql`analyze topics, sources, topic_tags, follow_levels, tags, posts, members`);

  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  // Of tables as small as these the planner may think that reading them whole is as cheap.
  await client.query('set enable_seqscan = off');
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const planOf = async () => {
    const { text, values } = asked.at(-1)!;
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    return rows.map((line) => line['QUERY PLAN']).join('\n');
  };
  const { topics } = schema;
  const list = (followed: boolean, widely = false) =>
    listening
      .select({ id: topics.id })
      .from(topics)
      .where(
        and(listedTopics(), followed ? followedTopics(member, widely) : undefined, unmutedTopics(member)),
      )
      .orderBy(desc(topics.lastActivityAt), desc(topics.id))
      .limit(31);
  expect(await list(true)).toHaveLength(31);
  expect(await planOf()).not.toMatch(/Seq Scan on (topics|topic_tags|sources)/);
  const gathered = await list(true);
  expect(await list(true, true)).toEqual(gathered);
  expect(await planOf()).toMatch(/Index Scan using topics_active[^]*hashed SubPlan/);
  expect(await followsWidely(db, member)).toBe(false);
  expect(await list(false)).toHaveLength(31);
  const plan = await planOf();
  expect(plan).toMatch(/Index Scan using topics_active/);
  expect(plan).not.toMatch(/Seq Scan on (topics|topic_tags|sources)/);

  expect(await listening.select({ id: topics.id }).from(topics).where(topicsWithWord('WORD7 '))).toHaveLength(
    8,
  );
  expect(await planOf()).toMatch(/topics_title_words/);

  expect(await listMuters(listening, openingPostId, [row.id])).toEqual(new Set());
  expect(await planOf()).not.toMatch(/Seq Scan on (topics|topic_tags|sources|posts)/);
  await db
    .insert(schema.followLevels)
    .values({ memberId: row.id, sectionId, level: 'all', setAt: clock.now() });
  expect(await followsWidely(db, member)).toBe(true);
  await db
    .insert(schema.followLevels)
    .values({ memberId: row.id, topicId, level: 'nothing', setAt: clock.now() });
  expect(await listMuters(db, openingPostId, [row.id, authorId])).toEqual(new Set([row.id]));
  await client.end();
});
