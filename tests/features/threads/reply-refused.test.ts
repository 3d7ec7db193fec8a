// Replies that are not taken, and what the refusal may tell.
import { and, asc, eq, isNotNull } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { posts, topics } from '../../../src/db/schema/index.ts';
import type { TopicId } from '../../../src/domain/ids.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';

function repliesOf(db: Database, topicId: TopicId) {
  return db
    .select()
    .from(posts)
    .where(and(eq(posts.topicId, topicId), isNotNull(posts.branchId)))
    .orderBy(asc(posts.id));
}

test('a visitor is sent to log in', async ({ make, as }) => {
  const topic = await make.topic();
  const answer = await as.visitor().get(paths.topicReply(topic.id));
  expect([answer.status, answer.headers.location]).toEqual([303, paths.signIn(paths.topicReply(topic.id))]);
});

test('a topic that was locked while one wrote refuses the reply and keeps the text', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const browser = await as.member();
  const page = await browser.visit(paths.topicReply(topic.id));
  await db.update(topics).set({ lockedAt: new Date() }).where(eq(topics.id, topic.id));
  const again = await page.press('Post reply', { body: 'A long thought.' });
  expect(again.status).toBe(409);
  expect(again.main).toContain('This topic is locked: it takes no more replies.');
  expect(again.field('body').value).toBe('A long thought.');
  expect((await browser.visit(paths.topicReply(topic.id))).status).toBe(409);
  expect(await repliesOf(db, topic.id)).toEqual([]);
});

test('two replies within five seconds are too fast, and the second keeps its text', async ({
  make,
  as,
  clock,
}) => {
  const topic = await make.topic();
  const browser = await as.member();
  const page = await browser.visit(paths.topicReply(topic.id));
  await page.press('Post reply', { body: 'One.' });
  clock.advance({ seconds: 2 });
  const next = await (await browser.visit(paths.topicReply(topic.id))).press('Post reply', { body: 'Two.' });
  expect(next.status).toBe(429);
  expect(next.headers['retry-after']).toBe('3');
  expect(next.main).toContain('You wrote a moment ago. Try again in 3 seconds.');
  expect(next.field('body').value).toBe('Two.');
  clock.advance({ seconds: 3 });
  expect((await next.press('Post reply')).text).toContain('Two.');
});

test('what is not there cannot be answered', async ({ as }) => {
  const browser = await as.member();
  for (const path of ['/t/999999/reply', '/p/999999/reply', '/p/x/reply']) {
    expect((await browser.visit(path)).status).toBe(404);
    expect((await browser.post(path, { body: 'Hello' })).status).toBe(404);
  }
});

test('what others wait for approval with cannot be answered, nor learnt of', async ({ make, as, clock }) => {
  const topic = await make.topic();
  const heldAt = clock.now();
  const held = await make.reply({ topic, heldAt });
  const heldTopic = await make.topic({ heldAt });
  const browser = await as.member();
  for (const path of [paths.postReply(held.id), paths.topicReply(heldTopic.id)]) {
    expect((await browser.visit(path)).status).toBe(404);
    expect((await browser.post(path, { body: 'Hello' })).status).toBe(404);
  }
});

test.for([
  ['withdrawn', 'Its author has withdrawn what you answer.'],
  ['hidden', 'A moderator has hidden the reply that you answer.'],
] as const)('a %s reply cannot be answered', async ([state, sentence], { make, as, clock }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, ...(state === 'withdrawn' && { withdrawnAt: clock.now() }) });
  if (state === 'hidden') await make.hide({ post: reply.id });
  const browser = await as.member();
  const page = await browser.visit(paths.postReply(reply.id));
  expect(page.status).toBe(409);
  expect(page.main).toContain(sentence);
  // Not even the refusal of a form, or a preview beside it, tells what stood there or whose it was.
  for (const form of [{ body: 'Typed.' }, { body: 'Typed.', preview: '1' }]) {
    const answer = await browser.post(paths.postReply(reply.id), form);
    expect(answer.text).toContain('Typed.');
    expect(answer.text).not.toMatch(/A reply that says something|Reply to member/);
  }
});

test('of a hidden topic nothing is told to whoever was answering it', async ({ make, as }) => {
  const lena = await make.member({ name: 'ops_lena' });
  const topic = await make.topic({ title: 'A rude headline', body: 'A rude text.', author: lena });
  const reply = await make.reply({ topic, author: lena, body: 'A rude reply.' });
  await make.hide({ topic: topic.id });
  const browser = await as.member();
  for (const path of [paths.topicReply(topic.id), paths.postReply(reply.id)]) {
    expect((await browser.visit(path)).html).not.toMatch(/rude|ops_lena/i);
    for (const form of [{ body: 'Typed.' }, { body: 'Typed.', preview: '1' }]) {
      const answer = await browser.post(path, form);
      expect(answer.text).toContain('Typed.');
      expect(answer.text).not.toMatch(/rude|ops_lena/i);
    }
  }
});

test('whoever replied in a hidden topic can withdraw it, and is told nothing of the topic', async ({
  make,
  as,
}) => {
  const topic = await make.topic({ title: 'A rude headline' });
  const bart = await make.member();
  const reply = await make.reply({ topic, author: bart });
  await make.hide({ topic: topic.id });
  const browser = await as.member(bart);
  for (const path of [paths.postWithdraw(reply.id), paths.postEdit(reply.id), paths.postHistory(reply.id)]) {
    const page = await browser.visit(path);
    expect([page.status, page.html.includes('rude')]).toEqual([200, false]);
  }
  expect((await (await as.member()).visit(paths.postHistory(reply.id))).status).toBe(404);
});
