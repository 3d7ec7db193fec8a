// The lists' own queries read one page from an index, whatever the size of the forum: no sort, no scan over the table.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Cursor } from '../../src/db/cursor.ts';
import * as schema from '../../src/db/schema/index.ts';
import { visitor } from '../../src/domain/viewer.ts';
import { listTopics, type TopicListFilter } from '../../src/features/threads/queries/lists.ts';
import { expect, test } from '../support/forum.ts';
import { LIST_NAMES } from '../../src/web/paths.ts';

const START = Date.UTC(2026, 0, 1);

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

  let asked: { text: string; values: unknown[] } | undefined;
  const listening = drizzle(app.pool, {
    schema,
    casing: 'snake_case',
    logger: {
      logQuery: (text, values) => {
        asked = { text, values };
      },
    },
  });
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
          cursor,
          clock.now(),
        );
        expect(page).toHaveLength(30);
        const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
        await client.connect();
        const { rows } = await client.query<{ 'QUERY PLAN': string }>(
          `explain ${asked?.text ?? ''}`,
          asked?.values,
        );
        await client.end();
        const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
        const name = `${list} ${JSON.stringify(filter)} ${cursor ? 'later' : 'first'}\n${plan}`;
        expect(plan, name).toMatch(/Index (Only )?Scan using topics_/);
        expect(plan, name).not.toMatch(/Seq Scan on topics|Sort Key: topics\./);
      }
    }
  }
});
