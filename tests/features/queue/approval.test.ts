// What awaits approval: let in, refused, and let in after all.
import { eq } from 'drizzle-orm';
import { events } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { actionRows, itemRow, postRow, putInQueue, topicRow } from '../../support/moderation-rows.ts';

test('approving lets a held post be read, from now on', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const held = await make.reply({ topic, heldAt: clock.ago({ hours: 1 }), body: 'See my notes' });
  const item = await putInQueue(db, { post: held.id, kind: 'held' });
  await (await (await as.moderator()).visit('/moderation?tab=held')).press('Approve');
  expect(await postRow(db, held.id)).toMatchObject({ state: 'visible', heldAt: null });
  expect((await topicRow(db, topic.id)).replyCount).toBe(1);
  expect(await actionRows(db)).toMatchObject([{ kind: 'approve', postId: held.id }]);
  expect((await itemRow(db, item)).closedAt).toEqual(clock.now());
  const told = await db.select().from(events).where(eq(events.postId, held.id)).orderBy(events.id);
  expect(told.map(({ kind }) => kind)).toEqual(['post-approved', 'reply-posted']);
  expect((await as.visitor().visit(`/t/${topic.id}/${topic.slug}`)).main).toContain('See my notes');
});

test('a refused post is read by its author, with the reason, and by no other member', async ({
  make,
  as,
  db,
  clock,
}) => {
  const author = await make.member();
  const topic = await make.topic();
  const held = await make.reply({
    topic,
    author,
    heldAt: clock.ago({ hours: 1 }),
    body: 'Ask for the price list',
  });
  await putInQueue(db, { post: held.id, kind: 'held' });
  const browser = await as.moderator();
  const page = await browser.visit('/moderation?tab=held');
  expect((await page.press('Refuse')).status).toBe(422);
  await page.press('Refuse', { canned: 'Spam or promotion' });
  expect(await postRow(db, held.id)).toMatchObject({ state: 'hidden', bodyMd: 'Ask for the price list' });
  expect(await actionRows(db)).toMatchObject([{ kind: 'refuse', rule: 4 }]);
  expect(await topicRow(db, topic.id)).toMatchObject({ replyCount: 0, replierCount: 0 });

  const own = await (await as.member(author)).visit(`/t/${topic.id}/${topic.slug}`);
  expect(own.main).toContain('Ask for the price list');
  expect(own.main).toContain('Spam or promotion');
  const others = await as.visitor().visit(`/t/${topic.id}/${topic.slug}`);
  expect(others.main).not.toContain('price list');
});

test('what was refused can still be approved', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const held = await make.reply({ topic, heldAt: clock.ago({ hours: 1 }), body: 'See my notes' });
  await putInQueue(db, { post: held.id, kind: 'held' });
  const browser = await as.moderator();
  await (await browser.visit('/moderation?tab=held')).press('Refuse', { reason: 'An advertisement' });
  await (await browser.visit(`/p/${held.id}/restore`)).press('Restore', { reason: 'It was none' });
  expect(await postRow(db, held.id)).toMatchObject({ state: 'visible', heldAt: null });
  const [refusal, approval] = await actionRows(db);
  expect(approval).toMatchObject({ kind: 'approve', reason: 'It was none' });
  expect(refusal?.undoneById).toBe(approval?.id);
});
