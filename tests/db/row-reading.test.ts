// Rows that are read quickly are those that drizzle reads; and they are read quickly, whatever drizzle's next version keeps where.
import { desc, eq, sql } from 'drizzle-orm';
import { readsRowsQuickly } from '../../src/db/row-reading.ts';
import { members, posts, topics } from '../../src/db/schema/index.ts';
import { expect, test } from '../support/forum.ts';

test('columns of every kind, nothing in them, and SQL', async ({ db, make, clock }) => {
  await make.reply({ topic: await make.topic() });
  await db.update(posts).set({ editedAt: clock.now() }).where(eq(posts.depth, 0));
  const prepare = () =>
    db
      .select({
        ...{ id: posts.id, parentId: posts.parentId, html: posts.bodyHtml, postedAt: posts.postedAt },
        ...{ rank: posts.bestRank, edited: posts.editedAt, modelWritten: posts.modelWritten },
        name: members.name,
        role: members.role,
        length: sql<number>`length(${posts.bodyMd})`.mapWith(Number),
        list: sql<number[]>`array[${posts.depth}, 2]`.as('list'),
        object: sql<object | null>`case when ${posts.depth} = 0 then json_build_object('a', null) end`,
      })
      .from(posts)
      .leftJoin(members, eq(members.id, posts.authorId))
      .orderBy(desc(posts.id))
      .prepare('rows');
  const quick = readsRowsQuickly(prepare());
  const rows = await quick.execute();
  expect(rows.length).toBeGreaterThan(1);
  expect(rows).toEqual(await prepare().execute());
  expect(quick).toHaveProperty('customResultMapper', expect.any(Function));
});

test('rows of rows, which may be missing as a whole, are read by drizzle', async ({ db, make }) => {
  await make.topic();
  const prepare = () =>
    db
      .select({ topic: { id: topics.id, title: topics.title }, by: { name: members.name } })
      .from(topics)
      .leftJoin(members, sql`false`)
      .prepare('rows of rows');
  const rows = await readsRowsQuickly(prepare()).execute();
  expect(rows).toEqual(await prepare().execute());
  expect(rows[0]).toMatchObject({ by: null });
});
