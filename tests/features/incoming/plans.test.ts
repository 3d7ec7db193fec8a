// The list of incoming news reads one page from its index, and finds the topics of each story by theirs, whatever
// the size of the forum.
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '../../../src/db/schema/index.ts';
import { URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import { visitor } from '../../../src/domain/viewer.ts';
import { listStories } from '../../../src/features/incoming/queries.ts';
import { expect, test } from '../../support/forum.ts';
import { makeFeed } from './sites.ts';

const COUNT = 2_000;

/** No two alike. */
function headline(n: number): string {
  return createHash('sha256').update(`${n}`).digest('base64url').replace(/[-_]/g, ' ');
}

test('a page of stories is read from indexes, with the topics that discuss them', async ({
  db,
  app,
  make,
  clock,
}) => {
  const { sectionId, authorId } = await make.topic();
  const feedId = await makeFeed(db, 'https://paper.example/feed', clock.now());
  const numbers = Array.from({ length: COUNT }, (_, n) => n);
  const at = (n: number) => clock.ago({ minutes: n * 10 });
  const topics = await db
    .insert(schema.topics)
    .values(
      numbers.map((n) => ({
        ...{ kind: 'link' as const, slug: 'a', title: headline(n + COUNT), sectionId, authorId, hotRank: 0 },
        ...{ postedAt: at(n), lastActivityAt: at(n) },
      })),
    )
    .returning({ id: schema.topics.id });
  const address = (n: number) => ({
    url: `https://a.example/${n}`,
    urlKey: `a.example/${n}`,
    keyVersion: URL_KEY_VERSION,
  });
  await db.insert(schema.sources).values(
    topics.map(({ id }, n) => ({
      topicId: id,
      addedAt: at(n),
      publisherHost: 'a.example',
      ...address(n * 2),
    })),
  );
  const stories = await db
    .insert(schema.newsStories)
    .values(numbers.map((n) => ({ lastItemAt: at(n) })))
    .returning({ id: schema.newsStories.id });
  await db.insert(schema.newsItems).values(
    stories.map(({ id }, n) => ({
      ...{ feedId, storyId: id, guidHash: `${n}`, host: 'a.example', title: headline(n), foundAt: at(n) },
      ...address(n),
    })),
  );
  await db.execute(sql`analyze topics, sources, news_stories, news_items`);

  const asked: { text: string; values: unknown[] }[] = [];
  const listening = drizzle(app.pool, {
    schema,
    casing: 'snake_case',
    logger: { logQuery: (text, values) => asked.push({ text, values }) },
  });
  const later = { key: at(400).toISOString(), id: 1 };
  for (const undiscussed of [false, true]) {
    for (const cursor of [undefined, later]) {
      const filter = { feedId: undefined, undiscussed, limit: 30 };
      const { rows } = await listStories(listening, visitor, filter, cursor, clock.now());
      expect(rows).toHaveLength(30);
      expect(rows.filter(({ topic }) => topic !== null)).toHaveLength(undiscussed ? 0 : 15);
    }
  }
  expect(asked).toHaveLength(8);
  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  // Of tables as small as these the planner may think that reading them whole is as cheap.
  await client.query('set enable_seqscan = off');
  for (const { text, values } of asked) {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    expect(plan).not.toMatch(/Seq Scan on (?:topics|sources|source_aliases|news_stories|news_items)\b/);
    if (text.includes('news_stories'))
      expect(plan).toMatch(/Index (?:Only )?Scan using news_stories_last_item/);
  }
  await client.end();
});
