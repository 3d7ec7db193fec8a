// When a shift begins and ends, and what its moderator is told of what others did meanwhile.
import { eq } from 'drizzle-orm';
import { queueMessages, shifts } from '../../../src/db/schema/index.ts';
import type { Database } from '../../../src/db/connection.ts';
import { findLastShift, noteWork } from '../../../src/features/log/shifts.ts';
import { MINUTE } from '../../../src/domain/times.ts';
import type { MemberRow } from '../../support/make.ts';
import { putInQueue } from '../../support/moderation-rows.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from '../members/sanctions.ts';
import { decisions } from './deciding.ts';

async function shiftOf(db: Database, { id }: MemberRow) {
  const [row] = await db.select().from(shifts).where(eq(shifts.memberId, id));
  return row;
}

test('a pause of four hours ends a shift; less does not', async ({ make, db, clock }) => {
  const me = await make.member({ role: 'moderator' });
  const start = clock.now();
  const at = (minutes: number) => new Date(start.getTime() + minutes * MINUTE);
  const since = async (minutes: number) => (await findLastShift(db, me.id, at(minutes))).since;
  const monthBefore = (minutes: number) => at(minutes - 30 * 24 * 60);

  expect(await since(0)).toEqual(monthBefore(0));
  await noteWork(db, me.id, at(0));
  expect(await since(1)).toEqual(monthBefore(1));
  // Written at most every five minutes.
  await noteWork(db, me.id, at(4));
  expect((await shiftOf(db, me))?.seenAt).toEqual(at(0));
  await noteWork(db, me.id, at(5));
  expect(await shiftOf(db, me)).toMatchObject({ beganAt: at(0), seenAt: at(5), previousEndedAt: null });
  await noteWork(db, me.id, at(5 + 239));
  expect(await shiftOf(db, me)).toMatchObject({ beganAt: at(0), previousEndedAt: null });

  // The first page of the next shift tells of this one's end before anything of it is noted, and so do later ones.
  const next = 5 + 239 + 240;
  expect(await since(next - 1)).toEqual(monthBefore(next - 1));
  expect(await since(next)).toEqual(at(244));
  await noteWork(db, me.id, at(next));
  expect(await shiftOf(db, me)).toMatchObject({
    beganAt: at(next),
    seenAt: at(next),
    previousEndedAt: at(244),
  });
  expect(await since(next + 60)).toEqual(at(244));
  expect((await findLastShift(db, me.id, at(next + 40 * 24 * 60))).cut).toBe(true);
});

test('work is what a moderator opens or does under /moderation', async ({ make, as, db, clock }) => {
  const me = await make.member({ role: 'moderator' });
  const browser = await as.moderator(me);
  const member = await make.member();
  const members = await as.member(member);
  await browser.get('/');
  await browser.get('/moderation/log');
  await browser.get('/moderation', { 'sec-purpose': 'prefetch' });
  await browser.get('/moderation/items/999');
  await browser.get('/moderation', { accept: 'application/json' });
  await members.get('/moderation');
  await browser.get('/moderation');
  // What came before was answered before; had it been noted, it would be by now.
  await expect.poll(() => shiftOf(db, me)).toBeDefined();
  expect(await shiftOf(db, me)).toMatchObject({ beganAt: clock.now() });
  expect(await shiftOf(db, member)).toBeUndefined();
  clock.advance({ minutes: 6 });
  await browser.get('/moderation/log/figures');
  await browser.get('/moderation/shift');
  await expect.poll(async () => (await shiftOf(db, me))?.seenAt).toEqual(clock.now());
});

test('what others decided, what came in, what members wrote, what was undone and what ended', async ({
  make,
  as,
  db,
  clock,
}) => {
  const { decide, undo } = decisions(db, clock);
  const me = await make.member({ name: 'marta_l', role: 'moderator' });
  const tomas = await make.member({ name: 'tomas_r', role: 'moderator' });
  const author = await make.member({ name: 'kevin_h' });
  const topic = await make.topic({ title: 'A topic' });
  const [reply, later] = [await make.reply({ topic, author }), await make.reply({ topic, author })];
  const old = { by: tomas, at: clock.now() };
  await decide({ ...old, kind: 'pin', topicId: topic.id });
  await decide({ ...old, kind: 'note', memberId: author.id, reason: 'An old note' });
  const mine = await decide({ by: me, postId: reply.id, topicId: topic.id, reason: 'Off topic' });
  const item = await putInQueue(db, { post: reply.id, at: clock.now() });
  await noteWork(db, me.id, clock.now());
  const seen = clock.now();

  clock.advance({ hours: 5 });
  await decide({ by: tomas, topicId: topic.id });
  await decide({ by: tomas, topicId: topic.id });
  await decide({ by: tomas, kind: 'keep', topicId: topic.id });
  await decide({ kind: 'lock', topicId: topic.id });
  await decide({ by: me, kind: 'unpin', topicId: topic.id });
  await decide({ by: tomas, kind: 'note', memberId: author.id, reason: 'Third account' });
  await undo(mine, { by: tomas, topicId: topic.id, reason: 'It was on topic' });
  await putInQueue(db, { post: later.id, kind: 'held', at: clock.now() });
  const said = { queueItemId: item, at: clock.now(), toMember: true };
  await db.insert(queueMessages).values([
    { ...said, authorId: author.id, body: 'See page 12 of the filing' },
    { ...said, authorId: tomas.id, body: 'We look at it' },
  ]);
  await sanction(db, author, 'silence', {
    startsAt: clock.ago({ days: 1 }),
    endsAt: clock.ago({ hours: 1 }),
  });
  await sanction(db, author, 'suspension', {
    startsAt: clock.ago({ days: 1 }),
    endsAt: clock.ago({ hours: 9 }),
  });

  const page = await (await as.moderator(me)).visit('/moderation/shift');
  expect(page.document.querySelector('.page-head time')?.getAttribute('datetime')).toBe(seen.toISOString());
  const rows = [...page.document.querySelectorAll('table tbody tr')].map((row) =>
    [...row.querySelectorAll('th, td')].map((cell) => cell.textContent),
  );
  expect(rows).toEqual([
    ['Flagged', '0', '1'],
    ['Awaiting approval', '1', '1'],
  ]);
  const main = page.main.replaceAll(/\s+/g, ' ');
  // Restoring is a decision of the same moderator.
  expect(main).toContain('tomas_r 4 decisions 2 hidden, 1 kept, 1 restored');
  expect(main).toContain('Automatically 1 decision 1 locked');
  expect(main).toContain('See page 12 of the filing');
  expect(main).toContain('Undone by tomas_r: It was on topic');
  expect(main).toContain('tomas_r: Third account');
  expect(main).toContain('kevin_h: silenced, over');
  for (const absent of [
    'An old note',
    'pinned',
    'We look at it',
    'suspended, over',
    'Your decisions that were undone Off',
  ])
    expect(main).not.toContain(absent);
  expect(page.headers['cache-control']).toBe('no-store');
});
