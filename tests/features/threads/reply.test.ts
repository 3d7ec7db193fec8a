import { and, eq, isNotNull } from 'drizzle-orm';
import { events, members, posts, queueItems, topicRepliers, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

test('a member answers a topic and lands at the new reply', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'Grid operators count data centres' });
  const anna = await make.member({ name: 'anna' });
  const page = await (await as.member(anna)).visit(paths.topic(topic));
  const after = await page.press('Post reply', { body: 'Half of the queue is **speculative**.' });
  const [reply] = await db.select().from(posts).where(and(eq(posts.topicId, topic.id), isNotNull(posts.branchId)));
  expect(after.url).toBe(`${paths.topic(topic)}#p${reply?.id}`);
  expect(after.text).toContain('Replies (1)');
  expect(after.html).toContain('<strong>speculative</strong>');
  expect(reply).toMatchObject({ parentId: null, branchId: reply?.id, depth: 0, branchSize: 1, authorId: anna.id });
});
