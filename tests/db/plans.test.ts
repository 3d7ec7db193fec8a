// The lists' own queries read one page from an index, whatever the size of the forum: no sort, no scan over the table.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { PLANNER } from '../../src/db/connection.ts';
import type { Cursor } from '../../src/db/cursor.ts';
import * as schema from '../../src/db/schema/index.ts';
import type { TopicId } from '../../src/domain/ids.ts';
import { type Member, visitor } from '../../src/domain/viewer.ts';
import type { TopicListFilter } from '../../src/features/threads/queries/list-filter.ts';
import { listTopics } from '../../src/features/threads/queries/lists.ts';
import { findSite } from '../../src/features/threads/queries/sites.ts';
import { expect, test } from '../support/forum.ts';
import { planForGood } from '../support/plan-for-good.ts';
import { LIST_NAMES } from '../../src/web/paths.ts';

const START = Date.UTC(2026, 0, 1);

/** A connection that notes what it was asked last, and how PostgreSQL would answer that, now or for good. */
function listenTo(pool: pg.Pool) {
  let asked: { text: string; values: unknown[] } | undefined;
  const listening = drizzle(pool, {
    schema,
    casing: 'snake_case',
    logger: {
      logQuery: (text, values) => {
        asked = { text, values };
      },
    },
  });
  const withClient = async <T>(use: (client: pg.Client) => Promise<T>) => {
    const connectionString = pool.options.connectionString as string;
    const client = new pg.Client({ connectionString, options: PLANNER });
    await client.connect();
    try {
      return await use(client);
    } finally {
      await client.end();
    }
  };
  const plan = () =>
    withClient(async (client) => {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain ${asked?.text ?? ''}`,
        asked?.values,
      );
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
  const kept = () => withClient((client) => planForGood(client, asked?.text ?? '', asked?.values ?? []));
  return { listening, plan, kept };
}

test('each list, whole or of a section, on its first page and a later one, is read from its index', async ({
  db,
  app,
  make,
  clock,
}) => {
  const { sectionId, authorId } = await make.topic();
  await db.insert(schema.topics).values(
    Array.from({ length: 3_000 }, (_, n) => ({
      kind: 'text' as const,
      slug: 'a',
      title: `Topic ${n}`,
      sectionId,
      authorId,
      postedAt: new Date(START + n * 60_000),
      lastActivityAt: new Date(START + n * 61_000),
      hotRank: n / 7,
      score: n % 50,
    })),
  );
  await db.execute(sql`analyze topics`);

  const { listening, plan: planOf, kept } = listenTo(app.pool);
  const later = {
    hot: { key: 200, id: 500 },
    new: { key: new Date(START + 6e7).toISOString(), id: 500 },
    active: { key: new Date(START + 6e7).toISOString(), id: 500 },
    top: { key: 25, id: 500 },
  } satisfies Record<string, Cursor>;
  for (const list of LIST_NAMES) {
    for (const filter of [{}, { sectionId }] satisfies Partial<TopicListFilter>[]) {
      for (const cursor of [undefined, later[list]]) {
        const { rows: page } = await listTopics(
          listening,
          visitor,
          { list, period: 'all', ...filter },
          cursor && { ...cursor, snapshot: '10:20:12', pinned: [1 as TopicId] },
          clock.now(),
        );
        expect(page).toHaveLength(30);
        for (const plan of [await planOf(), await kept()]) {
          const name = `${list} ${JSON.stringify(filter)} ${cursor ? 'later' : 'first'}\n${plan}`;
          expect(plan, name).toMatch(/Index (Only )?Scan using topics_/);
          expect(plan, name).not.toMatch(/Seq Scan on topics|Sort Key: topics\./);
          // Nothing before the place is read.
          if (cursor) expect(plan, name).toMatch(/Index Cond: .*ROW\(/);
        }
      }
    }
  }
});

test('what is known of a site, and a list for a member who mutes, is read from indexes', async ({
  db,
  app,
  make,
  clock,
}) => {
  const { id: topicId, sectionId, authorId } = await make.topic();
  const made = await db
    .insert(schema.topics)
    .values(
      Array.from({ length: 3_000 }, (_, n) => ({
        ...{ kind: 'link' as const, slug: 'a', title: `Topic ${n}`, sectionId, authorId, hotRank: n },
        postedAt: new Date(START + n * 60_000),
        lastActivityAt: new Date(START + n * 60_000),
      })),
    )
    .returning({ id: schema.topics.id });
  await db.insert(schema.sources).values(
    made.map(({ id }, n) => ({
      ...{ topicId: id, url: 'https://a.example/', urlKey: `${n}`, keyVersion: 1, addedAt: clock.now() },
      publisherHost: `s${n % 300}.example`,
    })),
  );
  await db.execute(sql`analyze topics, sources`);
  const { listening, plan } = listenTo(app.pool);
  const site = await findSite(listening, visitor, 's7.example');
  expect(site).toMatchObject({ topics: 10, sources: 10 });
  expect(await plan()).toMatch(/Scan (using|on) sources_publisher_host/);
  // Whether their topics are listed is known without a look at them.
  expect(await plan()).not.toMatch(/Seq Scan|topics_pkey/);

  const row = await make.member();
  await db
    .insert(schema.followLevels)
    .values({ memberId: row.id, host: 's7.example', level: 'nothing', setAt: clock.now() });
  const member: Member = {
    ...row,
    kind: 'member',
    trust: 'member',
    silencedUntil: null,
    suspendedUntil: null,
    leavingAt: null,
  };
  const { rows } = await listTopics(listening, member, { list: 'hot' }, undefined, clock.now());
  expect(rows.map(({ source }) => source?.host)).not.toContain('s7.example');
  expect(rows).toHaveLength(30);
  expect(await plan()).toMatch(/Index Scan using topics_hot/);
  expect(await plan()).not.toMatch(/Seq Scan on (topics|sources)|Sort Key: topics\./);
  expect(rows.some(({ id }) => id === topicId)).toBe(false);
});
