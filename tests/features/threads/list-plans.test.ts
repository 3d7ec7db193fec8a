// Narrowed lists, those chosen for their reader, and what open pages ask for: read from indexes, whatever the forum holds.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { PLANNER } from '../../../src/db/connection.ts';
import * as schema from '../../../src/db/schema/index.ts';
import type { TagId } from '../../../src/domain/ids.ts';
import { type Member, type Viewer, visitor } from '../../../src/domain/viewer.ts';
import { findTagIds } from '../../../src/features/threads/queries/filter-tags.ts';
import type { TopicListFilter } from '../../../src/features/threads/queries/list-filter.ts';
import {
  listPinnedTopics,
  listTopics,
  listTopicsOfMember,
} from '../../../src/features/threads/queries/lists.ts';
import { countSince } from '../../../src/features/threads/queries/news.ts';
import { countNewTopics } from '../../../src/features/threads/queries/new-topics.ts';
import { findSide } from '../../../src/features/threads/queries/side.ts';
import { expect, test } from '../../support/forum.ts';
import type { MemberRow } from '../../support/make.ts';
import { isPlannedOnce, planForGood } from '../../support/plan-for-good.ts';

const TOPICS = 4_000;
const PLACE = { id: 2_000, snapshot: '10:20:12', pinned: [] };

test('each narrowed or chosen list, on its first page and a later one', async ({ app, db, make, clock }) => {
  const opening = await make.topic();
  const { sectionId } = opening;
  const sections = await db.select({ id: schema.sections.id }).from(schema.sections);
  const authors: MemberRow[] = [];
  for (let n = 0; n < 30; n += 1) authors.push(await make.member());
  const row = await make.member();
  const standing = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
  const member: Member = { ...row, ...standing, kind: 'member', trust: 'member' };
  const made = await db
    .insert(schema.topics)
    .values(
      Array.from({ length: TOPICS }, (_, n) => ({
        ...{ kind: 'link' as const, slug: 'a', title: `Topic ${n}`, score: n % 50 },
        sectionId: sections[n % sections.length]!.id,
        authorId: authors[n % authors.length]!.id,
        ...{ openingPostId: opening.openingPostId, hotRank: n / 7 },
        postedAt: clock.ago({ minutes: 60 * (TOPICS - n) }),
        lastActivityAt: clock.ago({ minutes: 59 * (TOPICS - n) }),
      })),
    )
    .returning({ id: schema.topics.id });
  const sourced = made.map(({ id }, n) => ({
    ...{ topicId: id, url: 'https://a.example/', urlKey: `${n}`, keyVersion: 1, addedAt: clock.now() },
    publisherHost: `s${n % 300}.example`,
  }));
  await db.insert(schema.sources).values(sourced);
  const names = Array.from({ length: 200 }, (_, n) => ({
    slug: `tag${n}`,
    name: `tag${n}`,
    description: 'A tag',
  }));
  const tags = await db.insert(schema.tags).values(names).returning();
  const [common, rare] = [tags[0]!.id, tags[1]!.id];
  const tagOf = (n: number): TagId => (n % 10 === 0 ? common : tags[1 + (n % 199)]!.id);
  await db
    .insert(schema.topicTags)
    .values(made.map(({ id }, n) => ({ topicId: id, tagId: tagOf(n), position: 0 })));
  await db
    .insert(schema.followLevels)
    .values({ memberId: row.id, tagId: rare, level: 'all', setAt: clock.now() });
  const seen = { seenPostId: opening.openingPostId, previousSeenPostId: opening.openingPostId };
  await db
    .insert(schema.visits)
    .values(
      made
        .filter((_, n) => n % 3 === 0)
        .map(({ id }) => ({ memberId: row.id, topicId: id, visitedAt: clock.now(), ...seen })),
    );
  await db.execute(sql`analyze topics, sources, tags, topic_tags, follow_levels, visits, posts`);

  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const connectionString = app.pool.options.connectionString as string;
  const client = new pg.Client({ connectionString, options: PLANNER });
  await client.connect();
  // So small a forum is read as it lies where an index would be right for a large one.
  await client.query('set enable_seqscan = off');
  const expectIndexes = async (what: string) => {
    const { text, values } = asked.at(-1)!;
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    const plan = rows.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan, `${what}\n${plan}`).toMatch(/Index (Only )?Scan|Bitmap Index Scan/);
    expect(plan, `${what}\n${plan}`).not.toMatch(/Seq Scan on (topics|sources|topic_tags|visits)\b/);
    return plan;
  };
  /** Of what every page asks: by index whatever the values are, and planned for all of them. */
  const expectKept = async (what: string) => {
    await expectIndexes(what);
    const { text, values } = asked.at(-1)!;
    const plan = await planForGood(client, text, values);
    expect(plan, `${what}\n${plan}`).not.toMatch(/Seq Scan on (topics|sources|topic_tags|visits|posts)\b/);
    expect(await isPlannedOnce(client, text, values), what).toBe(true);
  };
  const filters: readonly (readonly [Viewer, Partial<TopicListFilter>])[] = [
    [visitor, { tags: [common] }],
    [visitor, { tags: [rare] }],
    [visitor, { tags: [common], withoutTags: [rare] }],
    [visitor, { withoutTags: [common] }],
    [visitor, { period: 'day' }],
    [visitor, { period: 'week', sectionId }],
    [visitor, { tagId: rare, tagFamily: [rare] }],
    [visitor, { tagId: common, tagFamily: [common, rare] }],
    [visitor, { host: 's7.example', tags: [common] }],
    [visitor, { chosen: 'second-chance' }],
    [member, { chosen: 'followed' }],
    [member, { chosen: 'unread' }],
  ];
  try {
    for (const [viewer, filter] of filters) {
      const list = 'chosen' in filter ? 'active' : 'hot';
      const later = { ...PLACE, key: list === 'hot' ? 300 : clock.now().toISOString() };
      for (const place of [undefined, later]) {
        await listTopics(listening, viewer, { list, ...filter }, place, clock.now());
        await expectIndexes(`${list} ${JSON.stringify(filter)} ${place ? 'later' : 'first'}`);
      }
    }
    await listTopics(listening, visitor, { list: 'top', period: 'week' }, undefined, clock.now());
    // By score, old topics with as many votes would be read before those of the week.
    expect(await expectIndexes('top of a week')).toMatch(/Index Cond: \(posted_at >= /);
    await findSide(listening, { ...member, trust: 'new' }, clock.now(), { front: true });
    await expectKept('side');
    for (const filter of [{}, { sectionId }]) {
      await listPinnedTopics(listening, member, filter, clock.now());
      await expectKept('pinned');
      await listTopics(
        listening,
        member,
        { list: 'hot', pinned: [made[0]!.id], ...filter },
        undefined,
        clock.now(),
      );
      await expectKept('hot, below pinned ones');
      await countNewTopics(listening, member, { list: 'new', ...filter }, opening.openingPostId, clock.now());
      await expectKept('new topics of a member');
    }
    await countSince(listening, member, opening.id, opening.openingPostId);
    await expectKept('replies since');
    await findTagIds(listening, ['tag1', 'tag2']);
    await expectIndexes('tags');
    await countNewTopics(listening, visitor, { list: 'new' }, opening.openingPostId, clock.now());
    await expectIndexes('new topics');
    await listTopicsOfMember(listening, visitor, { authorId: row.id, list: 'active', limit: 30 }, undefined);
    await expectIndexes('of a member');
  } finally {
    await client.end();
  }
});
