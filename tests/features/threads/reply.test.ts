import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { events, members, posts, queueItems, topics } from '../../../src/db/schema/index.ts';
import type { PostId, TopicId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';
import { makeNewcomer } from './newcomers.ts';

function repliesOf(db: Database, topicId: TopicId) {
  return db
    .select()
    .from(posts)
    .where(and(eq(posts.topicId, topicId), isNotNull(posts.branchId)))
    .orderBy(asc(posts.id));
}

async function findTopicRow(db: Database, id: TopicId) {
  const [row] = await db.select().from(topics).where(eq(topics.id, id));
  return row;
}

test('a member answers a topic and lands at the new reply', async ({ make, as, db }) => {
  const topic = await make.topic({ title: 'Grid operators count data centres' });
  const anna = await make.member({ name: 'anna' });
  const page = await (await as.member(anna)).visit(paths.topic(topic));
  const after = await page.press('Post reply', { body: '\n\nHalf of the queue is **speculative**.\n ' });
  const [reply] = await repliesOf(db, topic.id);
  expect(after.url).toBe(`${paths.topic(topic)}#p${reply?.id}`);
  expect(after.text).toContain('Replies (1)');
  expect(after.html).toContain('<strong>speculative</strong>');
  expect(reply).toMatchObject({
    parentId: null,
    branchId: reply?.id,
    depth: 0,
    branchSize: 1,
    authorId: anna.id,
    bodyMd: 'Half of the queue is **speculative**.',
  });
});

test('a reply counts: on the topic, in its branch, for its author and in the record', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic();
  const first = await make.reply({ topic });
  const anna = await make.member();
  await settleCounters(db);
  const before = await findTopicRow(db, topic.id);
  const browser = await as.member(anna);
  await (await browser.visit(paths.postReply(first.id))).press('Post reply', { body: 'Below the first.' });

  const [, below] = await repliesOf(db, topic.id);
  expect(below).toMatchObject({ parentId: first.id, branchId: first.id, depth: 1 });
  const after = await findTopicRow(db, topic.id);
  expect(after).toMatchObject({ replyCount: 2, replierCount: 2, lastActivityAt: clock.now() });
  expect(after?.hotRank).toBeGreaterThan(before?.hotRank ?? Infinity);
  const [branch] = await db.select().from(posts).where(eq(posts.id, first.id));
  expect(branch?.branchSize).toBe(2);
  const [author] = await db.select().from(members).where(eq(members.id, anna.id));
  expect(author?.repliesKept).toBe(1);
  await expectTrueCounters(db);

  const [event] = await db
    .select()
    .from(events)
    .where(eq(events.postId, below?.id as PostId));
  expect(event).toMatchObject({
    kind: 'reply-posted',
    actorId: anna.id,
    topicId: topic.id,
    data: { parentId: first.id, branchId: first.id, purpose: null },
  });
});

test('one who answers twice is one replier, and the author of the topic is none', async ({
  make,
  as,
  db,
  clock,
}) => {
  const kevin = await make.member();
  const topic = await make.topic({ author: kevin });
  const anna = await as.member();
  const author = await as.member(kevin);
  await settleCounters(db);
  for (const browser of [anna, author, anna]) {
    await browser.post(paths.topicReply(topic.id), { body: 'And another thing.' });
    clock.advance({ seconds: 6 });
  }
  expect(await findTopicRow(db, topic.id)).toMatchObject({ replyCount: 3, replierCount: 1 });
  await expectTrueCounters(db);
});

test('the page to reply on shows the reply that is answered, and quotes it when asked to', async ({
  make,
  as,
}) => {
  const topic = await make.topic({ title: 'Curtailment' });
  const lena = await make.member({ name: 'ops_lena' });
  const reply = await make.reply({
    topic,
    author: lena,
    body: '> an earlier point\n\nBoth are firm.\n\nStill.',
  });
  const browser = await as.member();
  const page = await browser.visit(paths.postReply(reply.id));
  expect(page.main).toContain('Reply to ops_lena');
  expect(page.main).toContain('Both are firm.');
  expect(page.field('body').value).toBe('');
  const quoting = await browser.visit(paths.postReply(reply.id, { quote: 1 }));
  expect(quoting.field('body').value).toBe('> Both are firm.\n>\n> Still.\n\n');
});

test('the page to reply to a topic shows how it begins', async ({ make, as }) => {
  const topic = await make.topic({ title: 'Curtailment', body: `It begins. ${'And goes on. '.repeat(200)}` });
  const page = await (await as.member()).visit(paths.topicReply(topic.id));
  expect(page.main).toContain('Reply to this topic');
  expect(page.main).toContain('It begins.');
  expect(page.main.length).toBeLessThan(1_200);
});

test('Preview shows the text and keeps it, and posts nothing', async ({ make, as, db }) => {
  const topic = await make.topic();
  const page = await (await as.member()).visit(paths.topicReply(topic.id));
  const preview = await page.press('Preview', { body: 'It **matters**.' });
  expect(preview.status).toBe(200);
  expect(preview.html).toContain('It <strong>matters</strong>.');
  expect(preview.field('body').value).toBe('It **matters**.');
  expect(preview.field('form_id').value).toBe(page.field('form_id').value);
  expect(await repliesOf(db, topic.id)).toEqual([]);
  const after = await preview.press('Post reply');
  expect(after.text).toContain('It matters.');
});

test('an empty reply comes back with what is wrong', async ({ make, as, db }) => {
  const topic = await make.topic();
  const page = await (await as.member()).visit(paths.topicReply(topic.id));
  const again = await page.press('Post reply', { body: ' \n ' });
  expect(again.status).toBe(422);
  expect(again.error('body')).toBe('Write something first.');
  expect(await repliesOf(db, topic.id)).toEqual([]);
});

test('a reply that is too long comes back as it was typed', async ({ make, as }) => {
  const topic = await make.topic();
  const page = await (await as.member()).visit(paths.topicReply(topic.id));
  const again = await page.press('Post reply', { body: `<b>${'x'.repeat(20_000)}` });
  expect(again.status).toBe(422);
  expect(again.error('body')).toBe('The text is too long by 3: it may have 20000 characters.');
  expect(again.field('body').value).toBe(`<b>${'x'.repeat(20_000)}`);
});

test('a text that cannot be formatted comes back with the reason', async ({ make, as }) => {
  const topic = await make.topic();
  const page = await (await as.member()).visit(paths.topicReply(topic.id));
  const body = `${'> '.repeat(13)}deep`;
  const again = await page.press('Post reply', { body });
  expect(again.status).toBe(422);
  expect(again.error('body')).toMatch(/12 levels deep/);
  expect(again.field('body').value).toBe(body);
});

test('the deepest level takes replies beside the one they answer', async ({ make, as, db }) => {
  const topic = await make.topic();
  let parent = await make.reply({ topic });
  const branch = parent;
  for (let depth = 1; depth <= 60; depth++) parent = await make.reply({ topic, parent });
  const browser = await as.member();
  await settleCounters(db);
  await browser.post(paths.postReply(parent.id), { body: 'Deeper?' });
  const last = (await repliesOf(db, topic.id)).at(-1);
  expect(last).toMatchObject({ depth: 60, parentId: parent.parentId, branchId: branch.id });
  await expectTrueCounters(db);
});

test('the first posts with a link of a new member wait for a moderator and count nothing', async ({
  make,
  as,
  db,
  app,
}) => {
  const topic = await make.topic();
  const newcomer = await makeNewcomer(make, app);
  await settleCounters(db);
  const before = await findTopicRow(db, topic.id);
  const page = await (await as.member(newcomer)).visit(paths.topicReply(topic.id));
  const own = await page.press('Post reply', { body: 'See https://buy.example/now for more.' });
  const [reply] = await repliesOf(db, topic.id);
  expect(reply).toMatchObject({ state: 'held', branchSize: 0 });
  expect(own.html).toContain('buy.example');
  expect((await as.visitor().visit(paths.topic(topic))).html).not.toContain('buy.example');
  expect(await findTopicRow(db, topic.id)).toEqual(before);
  const items = await db.select().from(queueItems);
  expect(items).toMatchObject([{ kind: 'held', postId: reply?.id, closedAt: null }]);
  expect((await db.select().from(events)).map(({ kind }) => kind)).toEqual(['post-held']);
  await expectTrueCounters(db);
});
