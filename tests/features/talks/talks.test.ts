// Talks inside queue items: moderators among themselves and with the member whom the item concerns.
import { asc, eq } from 'drizzle-orm';
import { queueMessages } from '../../../src/db/schema/index.ts';
import { TALKS } from '../../../src/domain/moderation-limits.ts';
import { listTalk } from '../../../src/features/talks/index.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, MemberRow } from '../../support/make.ts';
import { itemRow, putInQueue } from '../../support/moderation-rows.ts';
import type { Database } from '../../../src/db/connection.ts';
import { sanction } from '../members/sanctions.ts';

async function flagged({ make, db }: { make: Make; db: Database }) {
  const author = await make.member({ name: 'j_okafor', email: 'okafor@example.org' });
  const reply = await make.reply({ topic: await make.topic(), author, body: 'It shows.' });
  await make.flag({ post: reply.id });
  const item = await putInQueue(db, { post: reply.id });
  return { author, reply, item, path: `/talks/${item}`, staff: `/moderation/items/${item}/talk` };
}

test('a moderator writes, the member is told by inbox and mail, answers, and every moderator reads it', async ({
  as,
  db,
  drain,
  mails,
  make,
}) => {
  const { author, item, path, staff } = await flagged({ make, db });
  const ana = await as.moderator(await make.member({ name: 'mod_ana', role: 'moderator' }));
  const page = await ana.visit(staff);
  expect(page.main).toContain('Talk with j_okafor');
  await page.press('Send', { body: 'Who is "nobody" here?\nSay it <b>plainly</b>.', to: 'member' });
  expect((await itemRow(db, item)).version).toBe(1);
  await drain();
  expect(mails()[0]).toMatchObject({
    to: 'okafor@example.org',
    subject: 'A moderator of Tokenwire has written to you',
  });
  expect(mails()[0]?.text).toContain('Who is "nobody" here?');
  expect(mails()[0]?.text).toContain(path);
  expect(mails()[0]?.html).toContain('&lt;b&gt;plainly&lt;/b&gt;');

  const browser = await as.member(author);
  const inbox = await browser.visit('/inbox');
  expect(inbox.main).toContain('A moderator has written to you');
  const talk = await inbox.follow('A moderator has written to you');
  expect(talk.url).toBe(path);
  expect(talk.headers['cache-control']).toBe('no-store');
  expect(talk.main).toContain('mod_ana');
  expect(talk.main).toContain('Say it <b>plainly</b>.');
  const empty = await talk.press('Send', { body: '' });
  expect(empty.status).toBe(422);
  expect(empty.error('body')).toContain('Write something first.');
  const long = await talk.press('Send', { body: 'y'.repeat(TALKS.length + 1) });
  expect([long.status, long.field('body').value.length]).toEqual([422, TALKS.length + 1]);
  const answered = await talk.press('Send', { body: 'The regulators I meant.' });
  expect(answered.main).toContain('You');
  expect(answered.main).toContain('The regulators I meant.');
  // Sent twice.
  await talk.press('Send', { body: 'The regulators I meant.' });
  expect(await db.$count(queueMessages)).toBe(2);
  // A decision would be about something else now; nothing is closed.
  expect(await itemRow(db, item)).toMatchObject({ version: 2, closedAt: null });
  const other = await (await as.moderator()).visit(staff);
  expect(other.main).toContain('j_okafor');
  expect(other.main).toContain('The regulators I meant.');
  expect((await listTalk(db, [item])).map(({ by, byModerator }) => [by, byModerator])).toEqual([
    ['mod_ana', true],
    ['j_okafor', false],
  ]);
});

test('what moderators say among themselves the member neither reads nor hears of', async ({
  as,
  db,
  drain,
  mails,
  make,
}) => {
  const { author, path, staff } = await flagged({ make, db });
  const moderator = await as.moderator();
  const browser = await as.member(author);
  await (await moderator.visit(staff)).press('Send', { body: 'Third time this week', to: 'moderators' });
  await drain();
  expect(mails()).toEqual([]);
  // Nobody has written to the member: there is nothing at the address, as if there was no item.
  const before = await browser.visit(path);
  expect(before.status).toBe(404);
  expect((await browser.visit('/talks/999999')).main).toBe(before.main);
  expect((await browser.post(path, { body: 'What is it?' })).status).toBe(404);
  await (await moderator.visit(staff)).press('Send', { body: 'Would you say why?', to: 'member' });
  const page = await browser.visit(path);
  expect(page.main).toContain('Would you say why?');
  expect(page.text).not.toContain('Third time');
});

test('others read nothing of it, and whom it concerns does not moderate it', async ({ as, db, make }) => {
  const { path, staff } = await flagged({ make, db });
  await (await (await as.moderator()).visit(staff)).press('Send', { body: 'Hello', to: 'member' });
  const member = await as.member();
  expect((await as.visitor().get(path)).headers.location).toContain('/sign-in');
  expect((await member.get(path)).status).toBe(404);
  expect((await member.get(staff)).status).toBe(403);
  expect((await member.post(staff, { body: 'Hello' })).status).toBe(403);
  const author = await make.member({ role: 'moderator' });
  const reply = await make.reply({ topic: await make.topic(), author });
  const own = await putInQueue(db, { post: reply.id });
  const refused = await (
    await as.moderator(author)
  ).post(`/moderation/items/${own}/talk`, { body: 'Keep it' });
  expect(refused.status).toBe(403);
  expect(refused.text).toContain('This is about you');
});

test.for(['silence', 'suspension'] as const)(
  'a member under %s answers',
  async (kind, { as, db, make, clock }) => {
    const { author, path, staff } = await flagged({ make, db });
    await (await (await as.moderator()).visit(staff)).press('Send', { body: 'Hello', to: 'member' });
    await sanction(db, author, kind, { startsAt: clock.now(), endsAt: null });
    const page = await (await as.member(author)).visit(path);
    expect((await page.press('Send', { body: 'I can explain' })).main).toContain('I can explain');
  },
);

async function addressed(
  db: Database,
  item: Awaited<ReturnType<typeof flagged>>['item'],
  by: MemberRow,
  at: Date,
) {
  await db
    .insert(queueMessages)
    .values({ queueItemId: item, authorId: by.id, at, body: 'Hello', toMember: true });
}

test('for 14 days after the decision; the version of what is closed stays', async ({
  as,
  db,
  make,
  clock,
}) => {
  const { author, item, path } = await flagged({ make, db });
  const moderator = await make.member({ role: 'moderator' });
  await addressed(db, item, moderator, clock.now());
  await (await (await as.moderator(moderator)).visit('/moderation')).press('Keep');
  clock.advance({ days: 14 });
  const page = await (await as.member(author)).visit(path);
  expect((await page.press('Send', { body: 'Thank you' })).main).toContain('Thank you');
  expect((await itemRow(db, item)).version).toBe(1);
  clock.advance({ seconds: 1 });
  const browser = await as.member(author);
  expect((await browser.visit(path)).main).toContain('nothing can be added');
  expect((await browser.post(path, { body: 'One more' })).status).toBe(409);
});

test('so many messages a day', async ({ as, db, make, clock }) => {
  const { author, item, path } = await flagged({ make, db });
  await addressed(db, item, await make.member({ role: 'moderator' }), clock.now());
  await db.insert(queueMessages).values(
    Array.from({ length: TALKS.perDay }, (_, n) => ({
      ...{ queueItemId: item, authorId: author.id, at: clock.now(), toMember: true },
      body: `Message ${n}`,
    })),
  );
  const browser = await as.member(author);
  const answer = await browser.post(path, { body: 'And another thing' });
  expect(answer.status).toBe(429);
  expect(answer.text).toContain('And another thing');
  clock.advance({ days: 1 });
  expect((await browser.post(path, { body: 'And another thing' })).status).toBe(303);
});

test('messages stay in order and say who spoke when a member is gone', async ({ db, make, clock }) => {
  const { author, item } = await flagged({ make, db });
  await addressed(db, item, await make.member({ role: 'moderator' }), clock.now());
  await db
    .insert(queueMessages)
    .values({ queueItemId: item, authorId: author.id, at: clock.now(), body: 'Mine', toMember: true });
  await db.update(queueMessages).set({ authorId: null }).where(eq(queueMessages.body, 'Mine'));
  const talk = await listTalk(db, [item]);
  const ids = await db.select({ id: queueMessages.id }).from(queueMessages).orderBy(asc(queueMessages.id));
  expect(talk.map(({ id }) => id)).toEqual(ids.map(({ id }) => id));
  expect(talk[1]).toMatchObject({ by: null, byId: null, byModerator: false });
});
