// A permalink leads to a page that holds the post, however many places on it belong to what is gone.
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts } from '../../../src/db/schema/index.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { PostRow, TopicRow } from '../../support/make.ts';

/** Gives a topic, or a branch of it, more replies that their authors withdrew than a page has places. */
async function addWithdrawn(db: Database, topic: TopicRow, branch?: PostRow): Promise<void> {
  const ids = await db.execute<{ id: string }>(
    sql`select nextval(pg_get_serial_sequence('posts', 'id')) as id from generate_series(1, 200)`,
  );
  await db.insert(posts).values(
    ids.rows.map((row) => {
      const id = Number(row.id) as PostRow['id'];
      return {
        id,
        topicId: topic.id,
        parentId: branch?.id ?? null,
        branchId: branch?.id ?? id,
        depth: branch ? 1 : 0,
        rendererVersion: 1,
        bodyMd: '',
        bodyHtml: '' as SafeHtml,
        postedAt: topic.postedAt,
        withdrawnAt: topic.postedAt,
      };
    }),
  );
  if (branch) {
    await db
      .update(posts)
      .set({ branchSize: sql`${posts.branchSize} + 200` })
      .where(eq(posts.id, branch.id));
  }
}

test('behind many withdrawn branches', async ({ make, as, db }) => {
  const topic = await make.topic();
  await addWithdrawn(db, topic);
  const last = await make.reply({ topic });
  const page = await as.visitor().visit(paths.post(last.id));
  expect(page.document.getElementById(`p${last.id}`)).not.toBeNull();
});

test('on the second page of a topic of one reply, behind many withdrawn ones', async ({ make, as, db }) => {
  const topic = await make.topic();
  await addWithdrawn(db, topic);
  const last = await make.reply({ topic });
  const first = await as.visitor().visit(`${paths.topic(topic)}?sort=old`);
  expect(first.document.querySelectorAll('li.reply')).toHaveLength(200);
  const second = await first.follow('More replies');
  expect(second.document.getElementById(`p${last.id}`)).not.toBeNull();
});

test('in a branch of which most is withdrawn', async ({ make, as, db }) => {
  const topic = await make.topic();
  const branch = await make.reply({ topic });
  await addWithdrawn(db, topic, branch);
  const last = await make.reply({ topic, parent: branch });
  const page = await as.visitor().visit(paths.post(last.id));
  expect(page.document.getElementById(`p${last.id}`)).not.toBeNull();
});

test('on the whole page, while that holds all', async ({ make, as }) => {
  const topic = await make.topic();
  const last = await make.reply({ topic, parent: await make.reply({ topic }) });
  expect((await as.visitor().visit(paths.post(last.id))).url).toBe(`${paths.topic(topic)}#p${last.id}`);
});
