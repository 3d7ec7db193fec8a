// What posts carry of their topics for searches is their topics' own, whatever moves: copied by triggers.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts, sections, topics } from '../../../src/db/schema/index.ts';
import { insertTogether, batchOf } from '../../../src/db/insert-rows.ts';
import { expect, test } from '../../support/forum.ts';

/** Posts that carry something else than their topic has. */
async function strays(db: Database): Promise<unknown[]> {
  const { rows } = await db.execute(sql`select posts.id from posts join topics on topics.id = posts.topic_id
    where (posts.section_id, posts.topic_counts_from)
      is distinct from (topics.section_id, coalesce(topics.ranked_from, topics.posted_at))`);
  return rows;
}

test('posts carry the section and the moment of their topic when either changes', async ({ make, db }) => {
  const topic = await make.topic({ section: 'funding' });
  const other = await make.topic({ section: 'models-research', postedAt: new Date('2026-01-01T00:00:00Z') });
  const reply = await make.reply({ topic });
  const [there] = await db.select().from(sections).where(eq(sections.slug, 'models-research'));
  expect(await strays(db)).toEqual([]);

  await db.update(topics).set({ sectionId: there!.id }).where(eq(topics.id, topic.id));
  const [moved] = await db.select({ sectionId: posts.sectionId }).from(posts).where(eq(posts.id, reply.id));
  expect(moved).toEqual({ sectionId: there!.id });
  expect(await strays(db)).toEqual([]);

  await db.update(posts).set({ topicId: other.id }).where(eq(posts.id, reply.id));
  expect(await strays(db)).toEqual([]);

  const youngest = new Date('2026-03-01T00:00:00Z');
  await db.update(topics).set({ rankedFrom: youngest }).where(eq(topics.id, other.id));
  const [raised] = await db.select({ from: posts.topicCountsFrom }).from(posts).where(eq(posts.id, reply.id));
  expect(raised).toEqual({ from: youngest });
  await db.update(topics).set({ rankedFrom: null }).where(eq(topics.id, other.id));
  expect(await strays(db)).toEqual([]);
});

test('a reply that is written while its topic changes section carries the new one', async ({ make, db }) => {
  const topic = await make.topic({ section: 'funding' });
  const [there] = await db.select().from(sections).where(eq(sections.slug, 'models-research'));
  let written: Promise<unknown> | undefined;
  await db.transaction(async (tx) => {
    await tx.update(topics).set({ sectionId: there!.id }).where(eq(topics.id, topic.id));
    written = make.reply({ topic });
    // Until it is seen to wait for this transaction: one that did not wait would carry what the topic had.
    await expect
      .poll(async () => (await tx.execute(sql`select from pg_locks where not granted`)).rowCount)
      .toBeGreaterThan(0);
  });
  await written;
  expect(await strays(db)).toEqual([]);
});

test('topic and posts that are written in one statement agree, whichever comes first', async ({ db }) => {
  const [there] = await db.select().from(sections).where(eq(sections.slug, 'funding'));
  const at = new Date('2026-02-01T00:00:00Z');
  const topic = (id: number) => ({
    id,
    kind: 'text',
    slug: 'a',
    sectionId: there!.id,
    title: 'A',
    postedAt: at,
    lastActivityAt: at,
  });
  const post = (topicId: number) => ({
    topicId,
    depth: 0,
    postedAt: at,
    bodyMd: 'a',
    bodyHtml: 'a',
    rendererVersion: 1,
  });
  await db.transaction(async (tx) => {
    await insertTogether(tx, [
      batchOf(topics, [topic(9001) as never]),
      batchOf(posts, [post(9001) as never]),
    ]);
    await insertTogether(tx, [
      batchOf(posts, [post(9002) as never]),
      batchOf(topics, [topic(9002) as never]),
    ]);
  });
  const carried = await db
    .select({ id: posts.sectionId })
    .from(posts)
    .where(sql`topic_id in (9001, 9002)`);
  expect(carried).toEqual([{ id: there!.id }, { id: there!.id }]);
  expect(await strays(db)).toEqual([]);
});
