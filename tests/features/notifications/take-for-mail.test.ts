// What a gathered mail takes: all that waits, once, and not what is over by then.
import { eq, isNull } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { followLevels, noticeChoices, notifications } from '../../../src/db/schema/index.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { takeForMail } from '../../../src/features/notifications/index.ts';
import { noteText } from '../../../src/features/notifications/pages.ts';
import { paths } from '../../../src/web/paths.ts';
import { expect, test } from '../../support/forum.ts';
import type { Make, MemberRow, TopicRow } from '../../support/make.ts';
import { AT, reply } from './mailed.ts';

async function gathering(
  db: Database,
  make: Make,
  mail: 'daily' | 'weekly' = 'daily',
): Promise<{ member: MemberRow; topic: TopicRow }> {
  const member = await make.member();
  await db.insert(noticeChoices).values({ memberId: member.id, kind: 'reply', inbox: true, mail });
  return { member, topic: await make.topic({ author: member, title: 'Deposits' }) };
}

const take = (db: Database, id: MemberId, mail: 'daily' | 'weekly' = 'daily') =>
  db.transaction((tx) => takeForMail(tx, id, mail, AT));

test('all that waits is taken once, the newest first, with what is said about it', async ({ db, make }) => {
  const { member, topic } = await gathering(db, make);
  const { member: other, topic: others } = await gathering(db, make);
  const [first, second] = [await reply(db, make, topic), await reply(db, make, topic)];
  await reply(db, make, others);
  const taken = await take(db, member.id);
  expect(taken.map(({ post }) => post?.id)).toEqual([second.id, first.id]);
  const text = noteText(taken[0]!);
  expect(text.title).toMatch(/^member\d+ replied to your topic$/);
  expect(text).toMatchObject({
    topic: 'Deposits',
    href: `/p/${second.id}`,
    detail: 'A reply that says something.',
  });
  expect(await take(db, member.id)).toEqual([]);
  expect(await take(db, other.id, 'weekly')).toEqual([]);
  expect(await take(db, other.id)).toHaveLength(1);
});

test('two who take at once take each notification once, and what is not committed is not taken', async ({
  db,
  make,
}) => {
  const { member, topic } = await gathering(db, make, 'weekly');
  for (let n = 0; n < 5; n += 1) await reply(db, make, topic);
  const killed = db.transaction(async (tx) => {
    expect(await takeForMail(tx, member.id, 'weekly', AT)).toHaveLength(5);
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  const taken = await Promise.all([1, 2, 3].map(() => take(db, member.id, 'weekly')));
  expect(taken.map((rows) => rows.length).sort()).toEqual([0, 0, 5]);
});

test('what is hidden, muted or read by then is taken and not told', async ({ db, make }) => {
  const { member, topic } = await gathering(db, make);
  const [hidden, muted, read, left] = [
    await reply(db, make, topic),
    await reply(db, make, topic),
    await reply(db, make, topic),
    await reply(db, make, topic),
  ];
  await make.hide({ post: hidden.id });
  await db
    .insert(followLevels)
    .values({ memberId: member.id, aboutId: muted.authorId, level: 'nothing', setAt: AT });
  await db.update(notifications).set({ readAt: AT }).where(eq(notifications.postId, read.id));
  expect((await take(db, member.id)).map(({ post }) => post?.id)).toEqual([left.id]);
  await db.delete(followLevels);
  expect(await take(db, member.id)).toEqual([]);
});

test('what is told by mail alone is gathered, and is in no inbox', async ({ as, db, make }) => {
  const { member, topic } = await gathering(db, make);
  await db.update(noticeChoices).set({ inbox: false });
  await reply(db, make, topic);
  const browser = await as.member(member);
  expect((await browser.visit('/inbox')).main).toContain('Nothing yet.');
  expect(await take(db, member.id)).toHaveLength(1);

  // What was read on the topic's page meanwhile is not told.
  await reply(db, make, topic);
  await browser.visit(paths.topic(topic));
  await expect.poll(() => db.$count(notifications, isNull(notifications.readAt))).toBe(0);
  expect(await take(db, member.id)).toEqual([]);
});
