// Every part of a sitemap is read from indexes, however large the forum: crawlers ask for all of them.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '../../../src/db/schema/index.ts';
import {
  listSitemapParts,
  listSitemapSections,
  listSitemapTags,
  listSitemapTopics,
} from '../../../src/features/feeds/sitemap-queries.ts';
import { listSitemapWeeks } from '../../../src/features/weekly/index.ts';
import { expect, test } from '../../support/forum.ts';

/** More than one part; most sections are empty, as those are that an admin has just opened. */
const FORUM = [
  `insert into tags (slug, name, description) select 't' || n, 'T' || n, '' from generate_series(1, 300) as n`,
  `insert into topics (kind, slug, section_id, author_id, title, posted_at, last_activity_at, hidden_at)
    select 'text', 'a', (select min(id) from sections) + n % 2, (select min(id) from members), 'Topic ' || n,
      timestamptz '2024-01-01' + n * interval '1 hour', timestamptz '2024-01-01' + (n + n % 97) * interval '1 hour',
      case when n % 100 = 0 then now() end
    from generate_series(1, 20000) as n`,
  // What looks up each tag's topic would else be planned for as few as there were.
  'analyze topics',
  `insert into topic_tags (topic_id, tag_id, position)
    select topics.id, tags.id, 0 from topics join tags on tags.id % 300 = topics.id % 300`,
  `insert into weeks (name, starts_at, closed_at)
    select 'w' || n, timestamptz '2000-01-03' + n * interval '7 days', now() from generate_series(1, 2000) as n`,
  'vacuum analyze sections, tags, topics, topic_tags, weeks',
];

test('the index of parts, a part, and what lists it names', async ({ app, db, make }) => {
  await make.member();
  for (const statement of FORUM) await db.execute(sql.raw(statement));
  // Ids go on from what other tests had.
  const full = (await listSitemapParts(db))[1]?.number ?? 0;
  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  // So small a forum is read as it lies where an index would be right for a large one.
  await client.query('set enable_seqscan = off');
  let asked = { text: '', values: [] as unknown[] };
  const logQuery = (text: string, values: unknown[]) => void (asked = { text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const planOf = async (kind: string, read: () => Promise<unknown[]>) => {
    expect((await read()).length, kind).toBeGreaterThan(1);
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${asked.text}`, asked.values);
    return rows.map((line) => line['QUERY PLAN']).join('\n');
  };
  const kinds: readonly (readonly [string, () => Promise<unknown[]>, RegExp])[] = [
    // Looks at every topic: an index tells, where no other column is asked for, and another which are not listed.
    [
      'the index',
      () => listSitemapParts(listening),
      /^HashAggregate[^]*Index Only Scan using topics_unlisted/,
    ],
    [
      'a part',
      () => listSitemapTopics(listening, full),
      /Index Scan using topics_pkey .*\n *Index Cond: .*>= .*<=/,
    ],
    // By age alone all topics would be read for a section that has none.
    [
      'sections',
      () => listSitemapSections(listening),
      /Index Scan using topics_section_new .*\n *Index Cond/,
    ],
    [
      'tags',
      () => listSitemapTags(listening),
      /using topic_tags_tag .*\n *Index Cond: \(tag_id = tags\.id\)/,
    ],
    ['weeks', () => listSitemapWeeks(listening), /Index Scan using weeks_starts_at_unique/],
  ];
  try {
    for (const [kind, read, index] of kinds) {
      const plan = await planOf(kind, read);
      expect(plan, kind).toMatch(index);
      expect(plan, kind).not.toMatch(/Seq Scan on (topics|topic_tags|tags|weeks)\b/);
    }
  } finally {
    await client.end();
  }
});
