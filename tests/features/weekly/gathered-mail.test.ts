// What members are told once a day or a week, in one mail: what is still to be read, grouped by topic.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { mailings, members, notifications, posts } from '../../../src/db/schema/index.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { mailNotices } from '../../../src/features/weekly/jobs.ts';
import { expect, test } from '../../support/forum.ts';
import { killedAfter } from './killed.ts';
import type { MemberRow, PostRow, TopicRow } from '../../support/make.ts';

const AT = new Date('2026-04-03T12:00:00Z');
const NEXT_MORNING = '2026-04-04T08:00:00.000Z';

interface Told {
  readonly to: MemberRow;
  readonly by?: MemberRow;
  readonly mail?: 'daily' | 'weekly' | null;
  readonly at?: Date;
  readonly kind?: 'reply' | 'mention' | 'topic' | 'new-topic';
  readonly readAt?: Date;
}

async function tell(db: Database, reply: Pick<PostRow, 'id' | 'topicId'>, told: Told): Promise<void> {
  const { to, by, mail = 'daily', at = AT, kind = 'reply', readAt = null } = told;
  const about = { topicId: reply.topicId, postId: reply.id, actorId: by?.id ?? null };
  await db.insert(notifications).values({ memberId: to.id, kind, at, mail, readAt, ...about });
}

const openingOf = ({ id: topicId, openingPostId: id }: TopicRow) => ({ id, topicId });

test('one mail of all, grouped by topic, newest first, as text and HTML', async ({
  db,
  make,
  clock,
  drain,
  mails,
}) => {
  const [reader, anna, bert] = [
    await make.member({ name: 'reader' }),
    await make.member({ name: 'anna' }),
    await make.member({ name: 'bert' }),
  ];
  const chips = await make.topic({ author: reader, title: 'Chips & prices' });
  const grids = await make.topic({ title: 'Grids' });
  const first = await make.reply({ topic: chips, author: anna, body: 'They fall & fall' });
  await tell(db, first, { to: reader, by: anna });
  await tell(db, openingOf(grids), { to: reader, by: bert, kind: 'new-topic' });
  const second = await make.reply({ topic: chips, parent: first, author: bert, body: 'Hello @reader' });
  await tell(db, second, { to: reader, by: bert, kind: 'mention' });
  await tell(db, first, { to: anna, mail: null });
  await tell(db, first, { to: bert, mail: 'weekly' });

  await mailNotices(db, {}, new Date('2026-04-04T07:59:00Z'));
  expect(await db.$count(mailings)).toBe(0);
  clock.set(NEXT_MORNING);
  await mailNotices(db, {}, clock.now());
  await mailNotices(db, {}, clock.now());
  await drain();
  expect(mails().map(({ to }) => to)).toEqual(['reader@example.org']);
  const { text, html, subject, headers } = mails()[0]!;
  expect(subject).toBe('3 notifications on Tokenwire');
  const site = 'http://localhost:3000';
  expect(text).toContain(
    [
      'Chips & prices',
      '',
      `* bert mentioned you\n  Hello @reader\n  ${site}/p/${second.id}`,
      '',
      `* anna replied to your topic\n  They fall & fall\n  ${site}/p/${first.id}`,
      '',
      'Grids',
      '',
      `* New topic by bert\n  What do you make of this?\n  ${site}/p/${grids.openingPostId}\n`,
    ].join('\n'),
  );
  expect(html).toMatch(/<h1>3 notifications on Tokenwire<\/h1>.*<h2>Chips &amp; prices<\/h2>/s);
  expect(html).toContain(
    `<a href="${site}/p/${first.id}">anna replied to your topic</a><br>They fall &amp; fall`,
  );
  expect(headers).toMatchObject({ 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' });

  // Monday, the day of weekly mails.
  clock.set('2026-04-06T08:00:00.000Z');
  await mailNotices(db, {}, clock.now());
  await drain();
  expect(mails()[0]?.to).toBe('bert@example.org');
  expect(mails()[0]?.text).toContain('since last week');
});

test('what is hidden, read or muted by then is not told, and of nothing there is no mail', async ({
  db,
  make,
  clock,
  drain,
  mails,
  as,
}) => {
  const [one, two, three, four] = [
    await make.member({ name: 'one' }),
    await make.member({ name: 'two' }),
    await make.member({ name: 'three' }),
    await make.member({ name: 'four' }),
  ];
  const topic = await make.topic({ source: 'https://a.example/' });
  const [hidden, shown] = [
    await make.reply({ topic, body: 'Spam' }),
    await make.reply({ topic, body: 'Ham' }),
  ];
  for (const to of [one, two]) await tell(db, hidden, { to });
  await tell(db, shown, { to: one });
  await tell(db, shown, { to: three, readAt: AT });
  await tell(db, shown, { to: four });
  await (await as.member(four)).post('/site/a.example/follow', { level: 'nothing' });
  await db.update(posts).set({ hiddenAt: AT }).where(eq(posts.id, hidden.id));
  clock.set(NEXT_MORNING);
  await mailNotices(db, {}, clock.now());
  await drain();
  expect(mails().map(({ to }) => to)).toEqual(['one@example.org']);
  expect(mails()[0]?.text).not.toContain('Spam');
  // Nothing was ordered for whoever had nothing to read; and what was taken is not looked at again.
  const noted = await db.select({ id: mailings.memberId }).from(mailings);
  expect(noted.map(({ id }) => id)).not.toContain(two.id);
  expect(noted.map(({ id }) => id)).not.toContain(three.id);
  expect(await db.$count(notifications, eq(notifications.mailedAt, clock.now()))).toBe(5);
});

test('what is hidden, muted or read between the order and the mail is not in it', async ({
  db,
  make,
  as,
  clock,
  drain,
  mails,
}) => {
  const reader = await make.member();
  const [noisy, topic, tiresome] = [await make.member(), await make.topic(), await make.topic()];
  const kept = await make.reply({ topic, body: 'What stays' });
  const hidden = await make.reply({ topic });
  const read = await make.reply({ topic });
  const muted = [await make.reply({ topic, author: noisy }), await make.reply({ topic: tiresome })];
  for (const reply of [kept, hidden, read, ...muted]) await tell(db, reply, { to: reader });
  clock.set(NEXT_MORNING);
  await mailNotices(db, {}, clock.now());
  expect(await db.$count(mailings)).toBe(1);
  await db.update(posts).set({ hiddenAt: AT }).where(eq(posts.id, hidden.id));
  await db.update(notifications).set({ readAt: AT }).where(eq(notifications.postId, read.id));
  const browser = await as.member(reader);
  await browser.post(`/u/${noisy.name}/follow`, { level: 'nothing' });
  await browser.post(`/t/${tiresome.id}/follow`, { level: 'nothing' });
  await drain();
  expect(mails().map(({ subject }) => subject)).toEqual(['1 notification on Tokenwire']);
  expect(mails()[0]?.text.match(/\/p\/\d+$/gm)).toEqual([`/p/${kept.id}`]);
});

test('decisions of moderators stand apart, with their reason', async ({ db, make, clock, drain, mails }) => {
  const reader = await make.member();
  const topic = await make.topic({ title: 'Grids' });
  const reply = await make.reply({ topic, author: reader });
  const actionId = await make.hide({ post: reply.id });
  await db.delete(notifications);
  await db.insert(notifications).values({
    ...{ memberId: reader.id, kind: 'action', at: AT, mail: 'daily' },
    ...{ topicId: topic.id, postId: reply.id, actionId },
  });
  clock.set(NEXT_MORNING);
  await mailNotices(db, {}, clock.now());
  await drain();
  const { text } = mails().find(({ subject }) => subject === '1 notification on Tokenwire')!;
  expect(text).toMatch(
    /From the moderators\n\n\* Hidden .*: your reply in Grids\n {2}Reason: .*\n {2}http:\/\/localhost:3000\/decisions\/\d+\n/,
  );
});

test('what is written after the hour waits for the next day', async ({ db, make, clock, drain, mails }) => {
  const reader = await make.member();
  const topic = await make.topic();
  clock.set(NEXT_MORNING);
  await tell(db, await make.reply({ topic }), { to: reader, at: clock.now() });
  await mailNotices(db, {}, new Date('2026-04-04T20:00:00Z'));
  expect(await db.$count(mailings)).toBe(0);
  await mailNotices(db, {}, new Date('2026-04-05T08:00:00Z'));
  await drain();
  expect(mails()).toHaveLength(1);
});

test('a flood names a hundred topics, and five lines of each', async ({ db, make, clock, drain, mails }) => {
  const reader = await make.member();
  const [by, first] = [await make.member(), await make.topic()];
  for (let n = 0; n < 130; n += 1) {
    const topic = await make.topic({ author: by, title: `Topic ${n} of the flood` });
    await tell(db, openingOf(topic), { to: reader, by, kind: 'new-topic' });
  }
  for (let n = 0; n < 8; n += 1)
    await tell(db, await make.reply({ topic: first, author: by }), { to: reader, by, kind: 'topic' });
  clock.set(NEXT_MORNING);
  await mailNotices(db, {}, clock.now());
  await drain();
  const text = mails()[0]?.text ?? '';
  expect(text).toContain('And 31 more topics in your inbox.');
  expect(text).toContain('and 3 more');
  expect(text.match(/of the flood/g)).toHaveLength(99);
  expect(text.match(/^\* /gm)).toHaveLength(99 + 5);
});

test('two workers at once, and one that is stopped: each is told once', async ({ db, make, clock }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const readers = await db
    .insert(members)
    .values(
      Array.from({ length: 40 }, (_, n) => ({
        ...{ name: `reader${n}`, nameKey: `reader${n}`, nameSkeleton: `reader${n}`, joinedAt: AT },
        ...{ email: `r${n}@example.org`, emailKey: `r${n}@example.org`, confirmedAt: AT },
      })),
    )
    .returning();
  for (const to of readers) await tell(db, reply, { to });
  clock.set(NEXT_MORNING);
  const run = (on: Database) => mailNotices(on, {}, clock.now());
  const [killed] = await Promise.allSettled([run(killedAfter(db, 10)), run(db), run(db)]);
  expect(killed.status).toBe('rejected');
  await run(db);
  const { rows } = await db.execute<{ to: MemberId }>(
    `select (payload->>'to')::int as to from graphile_worker._private_jobs`,
  );
  expect(rows.map(({ to }) => to).sort((a, b) => a - b)).toEqual(readers.map(({ id }) => id));
});
