import { eq } from 'drizzle-orm';
import { events, posts, topics } from '../../../src/db/schema/index.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import { expectTrueCounters, settleCounters } from './counting.ts';

const TEN = Array.from({ length: 10 });

test('a reply sent ten times at once is one reply, and every answer leads to it', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const browser = await as.member();
  await settleCounters(db);
  const page = await browser.visit(paths.topicReply(topic.id));
  const form = { form_id: page.field('form_id').value, body: 'Once, please.' };
  const answers = await Promise.all(TEN.map(() => browser.post(paths.topicReply(topic.id), form)));
  const replies = await db.select().from(posts).where(eq(posts.bodyMd, 'Once, please.'));
  expect(replies).toHaveLength(1);
  const place = paths.post(replies[0]!.id);
  expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(
    TEN.map(() => [303, place]),
  );
  expect(await db.select().from(events)).toHaveLength(1);
  expect((await db.select().from(topics))[0]?.replyCount).toBe(1);
  await expectTrueCounters(db);
});

test('a topic sent ten times at once is one topic', async ({ as, db }) => {
  const browser = await as.member();
  const page = await browser.visit(paths.submit());
  const form = {
    form_id: page.field('form_id').value,
    url: 'https://one.example/a',
    title: 'A headline',
    section: 'funding',
  };
  const answers = await Promise.all(TEN.map(() => browser.post(paths.submit(), form)));
  const [topic, ...others] = await db.select().from(topics);
  expect(others).toEqual([]);
  expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(
    TEN.map(() => [303, paths.topic(topic!)]),
  );
});

test('the same form id from two members is two replies', async ({ make, as, db }) => {
  const topic = await make.topic();
  const form = { form_id: '00000000-0000-4000-8000-000000000000', body: 'Mine.' };
  for (const browser of [await as.member(), await as.member()]) {
    await browser.post(paths.topicReply(topic.id), form);
  }
  expect(await db.select().from(posts).where(eq(posts.bodyMd, 'Mine.'))).toHaveLength(2);
});

test('a doubled submit leads to the first post even when the topic takes no more replies', async ({
  make,
  as,
  db,
  clock,
}) => {
  const topic = await make.topic();
  const browser = await as.member();
  const form = { form_id: '00000000-0000-4000-8000-000000000001', body: 'Just in time.' };
  const first = await browser.post(paths.topicReply(topic.id), form);
  await db.update(topics).set({ lockedAt: clock.now() });
  const second = await browser.post(paths.topicReply(topic.id), form);
  expect([second.status, second.headers.location]).toEqual([303, first.headers.location]);
});
