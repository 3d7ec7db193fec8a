// Tags are found by indexes, however many there are: the names of a title, a slug, an alias, and a page of /tags.
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import * as schema from '../../../src/db/schema/index.ts';
import { findNamedTags, findTag, listPopularTags, listTags } from '../../../src/features/tags/index.ts';
import { expect, test } from '../../support/forum.ts';

test('a title, an address and the index of all tags', async ({ app, db, make }) => {
  const topic = await make.topic();
  await db.insert(schema.tags).values(
    Array.from({ length: 5_000 }, (_tag, n) => ({
      slug: `tag-${n}`,
      name: `Tag ${n}`,
      kind: n % 4 === 0 ? ('model' as const) : ('subject' as const),
      description: n % 2 === 0 ? 'One of many.' : '',
      aliases: [`other-${n}`],
    })),
  );
  await db.execute(sql`insert into topics (kind, slug, section_id, author_id, title, posted_at, last_activity_at)
    select 'text', 'one-' || n, section_id, author_id, 'One of many', posted_at, posted_at
    from topics cross join generate_series(1, 3000) as n where topics.id = ${topic.id}`);
  await db.execute(sql`analyze topics, tags`);
  // More of the first tags' than of others.
  await db.execute(sql`insert into topic_tags (topic_id, tag_id, position)
    select topics.id, tags.id, 0 from topics join tags on tags.slug in ('tag-' || topics.id % 50, 'tag-' || topics.id % 1000)`);
  // As the autovacuum does; until then a GIN index reads what is new to it one by one.
  await db.execute(sql`select gin_clean_pending_list('tags_aliases')`);
  await db.execute(sql`analyze tags, topic_tags, topics`);
  const client = new pg.Client({ connectionString: app.pool.options.connectionString as string });
  await client.connect();
  const asked: { text: string; values: unknown[] }[] = [];
  const logQuery = (text: string, values: unknown[]) => void asked.push({ text, values });
  const listening = drizzle(app.pool, { schema, casing: 'snake_case', logger: { logQuery } });
  const planOf = async (ask: () => Promise<unknown>) => {
    asked.length = 0;
    await ask();
    const lines: string[] = [];
    for (const { text, values } of asked) {
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${text}`, values);
      lines.push(...rows.map((row) => row['QUERY PLAN']));
    }
    return lines.join('\n');
  };
  try {
    // A title of many words asks for so many names that reading all tags may be no worse; a short one shows the indexes.
    const title = 'Tag 17, other-23';
    const named = await planOf(() => findNamedTags(listening, title));
    expect(named).toMatch(/Index Scan (using|on) tags_slug_unique/);
    expect(named).toMatch(/Bitmap Index Scan on tags_aliases/);
    expect(named).not.toMatch(/Seq Scan on tags/);
    const found = await planOf(() => findTag(listening, 'other-23'));
    expect(found).toMatch(/tags_aliases/);
    expect(found).not.toMatch(/Seq Scan on tags\b/);
    const all = { kind: undefined, begins: '', after: undefined } as const;
    for (const filter of [all, { ...all, kind: 'model' as const }, { ...all, after: 'tag-4000' }]) {
      const plan = await planOf(() => listTags(listening, filter));
      expect(plan, JSON.stringify(filter)).toMatch(/Index Scan using tags_slug_unique on tags/);
      expect(plan, JSON.stringify(filter)).not.toMatch(/Seq Scan on tags\b/);
    }
    // So few topics are read as they lie where an index would be right for many.
    await client.query('set enable_seqscan = off');
    for (const ask of [() => listTags(listening, all), () => findTag(listening, 'tag-1')]) {
      const counted = await planOf(ask);
      expect(counted).toMatch(/Index Only Scan using topic_tags_tag/);
      expect(counted).toMatch(/topics_unlisted/);
      // However many topics a tag has, none of them is looked at.
      expect(counted).not.toMatch(/topics_pkey/);
      // Tag by tag: for none of them the tags of all topics are gathered.
      expect(counted).not.toMatch(/topic_tags_tag on topic_tags.*\n(?!.*Index Cond)/);
    }
    const inUse = await planOf(() => listPopularTags(listening, 5));
    expect(inUse).toMatch(/Index Only Scan using topics_new/);
    expect(inUse).toMatch(/Index Cond: \(topic_id = ANY/);
  } finally {
    await client.end();
  }
});
