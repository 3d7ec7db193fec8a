// What searches read, however many posts there are: each kind of query is answered from indexes.
import type { Tx } from '../../../src/db/connection.ts';
import { drizzle } from 'drizzle-orm/node-postgres';
import * as schema from '../../../src/db/schema/index.ts';
import { visitor } from '../../../src/domain/viewer.ts';
import { readQuery } from '../../../src/domain/search-query.ts';
import type { Order } from '../../../src/features/search/forms.ts';
import { findPosts } from '../../../src/features/search/queries/found.ts';
import { layFooting } from '../../../src/features/search/queries/footing.ts';
import { understand } from '../../../src/features/search/understanding.ts';
import { expect, test } from '../../support/forum.ts';

/** A table that grows with the forum, or an index of one from its one end to its other, but those that hold few of its rows. */
const WHOLE =
  /(Seq Scan on|Scan( Backward)? using (?!topics_unlisted|topics_locked)\w+ on) (posts|topics|members|sources|topic_tags)\b.*\n(?!\s+(Index|Recheck) Cond)/;

/** A forum of some size, with what the planner knows of it: both go with the transaction. */
const FORUM = [
  `insert into members (id, name, name_key, name_skeleton, joined_at)
    select n, 'm' || n, 'm' || n, 'm' || n, now() from generate_series(1000001, 1000400) as n`,
  `insert into tags (id, slug, name, description) select n, 't' || n, 't' || n, 'A tag.' from generate_series(1000001, 1000100) as n`,
  `insert into topics (id, kind, slug, section_id, author_id, title, posted_at, last_activity_at)
    select n, 'text', 'a', (select min(id) from sections), n - 600, 'Topic word' || n, timestamptz '2026-01-01' + (n - 1000601) * interval '1 hour', now()
    from generate_series(1000601, 1001000) as n`,
  'alter table posts disable trigger user',
  `insert into posts (id, topic_id, branch_id, depth, author_id, posted_at, body_md, body_html, renderer_version, section_id, topic_counts_from)
    select n, 1000601 + (n - 1000001) / 30, case when n % 30 <> 11 then n end, 0, 1000001 + n % 400, timestamptz '2026-01-01' + (n - 1000001) * interval '2 minutes',
      case when n % 3 = 0 then 'common ' else '' end || case when n % 400 = 0 then 'seldom words' else '' end || ' w' || n, 'a', 1,
      (select min(id) from sections), timestamptz '2026-01-01' + (n - 1000001) / 30 * interval '1 hour'
    from generate_series(1000001, 1012000) as n`,
  'alter table posts enable trigger user',
  `insert into sources (topic_id, added_at, url, url_key, key_version, publisher_host)
    select id, now(), 'https://h' || id || '.example', 'h' || id, 1, 'h' || id || '.example' from topics where id > 1000600`,
  `insert into topic_tags (topic_id, tag_id, position) select id, 1000001 + id % 100, 0 from topics where id > 1000600`,
  'analyze members, topics, posts, tags, sources, topic_tags',
];

const QUERIES = [
  ...[
    'common',
    'seldom',
    'absent',
    'common seldom',
    'common or seldom',
    '"seldom words"',
    'common -seldom',
    '-common',
  ],
  ...[
    'author:m1000005',
    'author:m1000005 common',
    'tag:t1000005',
    'tag:t1000005 common',
    'site:h1000700.example',
  ],
  ...['site:h1000700.example common', 'section:funding common', 'topic:1000700', 'topic:1000700 common'],
  ...['before:2026-01-08 common', 'after:2026-01-08 seldom', 'before:2026-01-08', 'has:source seldom'],
  ...[
    'is:topic common',
    'is:topic seldom',
    'is:open common',
    'is:open seldom',
    'is:open section:funding common',
  ],
];

test('no kind of query reads whole tables, and few rows are read for a page', async ({ app, clock }) => {
  const client = await app.pool.connect();
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const db = drizzle(client, { schema, casing: 'snake_case', logger: { logQuery } });
  try {
    await client.query('begin');
    for (const statement of FORUM) await client.query(statement);
    // So small a forum is read as it lies where an index would be right for a large one.
    await client.query('set local enable_seqscan = off');
    // Within the transaction that is rolled back.
    const tx = db as unknown as Tx;
    for (const typed of QUERIES) {
      for (const order of [
        'relevance',
        'new',
        ...(typed.includes('topic:') ? ['place' as const] : []),
      ] as Order[]) {
        const { text, filters } = readQuery(typed);
        const footing = await layFooting(tx, text);
        expect(footing.bounds.length).toBeGreaterThan(50);
        const understood = await understand(tx, filters, app.site.current().sections);
        expect(understood.map(({ fault }) => fault).join('')).toBe('');
        asked.length = 0;
        const effective = footing.sense !== 'words' && order === 'relevance' ? 'new' : order;
        const now = clock.now();
        await findPosts(
          tx,
          { text, filters: understood, order: effective, viewer: visitor, now },
          footing,
          undefined,
        );
        for (const { text: statement, values } of [...asked]) {
          const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${statement}`, values);
          const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
          expect(WHOLE.test(plan) ? `${typed} (${order}): ${plan}` : '').toBe('');
        }
      }
    }
  } finally {
    await client.query('rollback');
    client.release();
  }
});
