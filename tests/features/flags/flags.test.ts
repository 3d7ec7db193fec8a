// Members flag posts; enough weight, or a grave reason, calls the moderators.
import { asc, eq } from 'drizzle-orm';
import { flags, queueItems } from '../../../src/db/schema/index.ts';
import { expect, test, type As } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { flagRecord, postRow } from '../../support/moderation-rows.ts';

/** Somebody past their first days and not yet trusted: a flag of theirs weighs 1. */
async function asOrdinary({ make, as }: { make: Make; as: As }) {
  return as.member(await make.member({ joinedAt: new Date('2026-03-01T00:00:00Z') }));
}

test('a member flags a reply with a reason and a note', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic, body: 'Our platform does precisely this.' });
  const page = await (await asOrdinary({ make, as })).visit(`/p/${reply.id}/flag`);
  expect(page.status).toBe(200);
  expect(page.main).toContain('Our platform does precisely this.');
  expect(page.main).toContain('Advertising, or the same thing posted again and again.');

  const after = await page.press('Flag', { reason: 'spam', note: 'Third time today' });
  expect(after.status).toBe(200);
  expect(await db.select().from(flags)).toMatchObject([
    {
      postId: reply.id,
      reason: 'spam',
      note: 'Third time today',
      weight: 1,
      outcome: null,
      takenBackAt: null,
    },
  ]);
  expect((await postRow(db, reply.id)).flagWeight).toBe(1);
  expect(await db.select().from(queueItems)).toEqual([]);
});

test('two members together call the moderators; every further flag renews the item', async ({
  make,
  as,
  db,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const flagIt = async () => (await asOrdinary({ make, as })).post(`/p/${reply.id}/flag`, { reason: 'spam' });
  await flagIt();
  await flagIt();
  const [item] = await db.select().from(queueItems);
  expect(item).toMatchObject({ kind: 'flagged', postId: reply.id, version: 1, closedAt: null });
  await flagIt();
  expect(await db.select().from(queueItems)).toMatchObject([{ id: item?.id, version: 2 }]);
  const waiting = await db.select().from(flags).where(eq(flags.postId, reply.id));
  expect(waiting.map(({ queueItemId }) => queueItemId)).toEqual([item?.id, item?.id, item?.id]);
});

test('"illegal" calls them at once', async ({ make, as, db }) => {
  const topic = await make.topic();
  await (await as.member()).post(`/p/${topic.openingPostId}/flag`, { reason: 'illegal' });
  expect(await db.select().from(queueItems)).toMatchObject([
    { kind: 'flagged', postId: topic.openingPostId },
  ]);
});

test('a flag weighs by standing and, from the sixth, by accuracy', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const [moderated, trusted, careless] = [
    await make.reply({ topic }),
    await make.reply({ topic }),
    await make.reply({ topic }),
  ];
  const send = { reason: 'off-topic' };
  await (await as.moderator()).post(`/p/${moderated.id}/flag`, send);
  const joinedAt = clock.ago({ days: 60 });
  await (await as.member(await make.member({ joinedAt }))).post(`/p/${trusted.id}/flag`, send);
  const record = { flagsDecided: 10, flagsUpheld: 2, joinedAt };
  await (await as.member(await make.member(record))).post(`/p/${careless.id}/flag`, send);
  const rows = await db.select().from(flags).orderBy(asc(flags.id));
  expect(rows.map(({ weight }) => weight)).toEqual([5, 2, 0.2]);
});

test('a wrong form comes back as it was typed', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const browser = await as.member();
  const page = await browser.visit(`/p/${reply.id}/flag`);
  const unchosen = await page.press('Flag', { note: 'Look at this' });
  expect(unchosen.status).toBe(422);
  expect(unchosen.main).toContain('Choose what is wrong with it.');
  expect(unchosen.field('note').value).toBe('Look at this');

  const unexplained = await page.press('Flag', { reason: 'other' });
  expect(unexplained.error('note')).toContain('Say in a sentence what is wrong.');
  const long = await page.press('Flag', { reason: 'spam', note: 'x'.repeat(501) });
  expect(long.error('note')).toContain('The note is too long by 1');
  expect(await db.select().from(flags)).toEqual([]);
});

test('a flag sent twice is one flag, and can be taken back', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const browser = await asOrdinary({ make, as });
  const sent = await Promise.all(
    [1, 2, 3].map(() => browser.post(`/p/${reply.id}/flag`, { reason: 'unkind' })),
  );
  expect(sent.map(({ status }) => status)).toEqual([303, 303, 303]);
  expect(await db.select().from(flags)).toHaveLength(1);

  const page = await browser.visit(`/p/${reply.id}/flag`);
  expect(page.main).toContain('You flagged this');
  expect(page.main).toContain('Unkind');
  await page.press('Take the flag back');
  expect((await postRow(db, reply.id)).flagWeight).toBe(0);
  expect(await db.select().from(flags)).toMatchObject([
    { outcome: null, takenBackAt: expect.any(Date) as Date },
  ]);
  expect((await browser.post(`/p/${reply.id}/flag`, { reason: 'spam' })).status).toBe(303);
  expect((await postRow(db, reply.id)).flagWeight).toBe(1);
});

test('a flag that waits can be changed: a graver reason calls the moderators', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const browser = await asOrdinary({ make, as });
  await browser.post(`/p/${reply.id}/flag`, { reason: 'unkind', note: 'Twice' });
  const page = await browser.visit(`/p/${reply.id}/flag`);
  expect(page.field('note').value).toBe('Twice');
  const changed = await page.press('Change the flag', { reason: 'illegal', note: 'Names a child' });
  expect(changed.status).toBe(200);
  expect(await db.select().from(flags)).toMatchObject([
    { reason: 'illegal', note: 'Names a child', weight: 1 },
  ]);
  expect((await postRow(db, reply.id)).flagWeight).toBe(1);
  expect(await db.select().from(queueItems)).toMatchObject([{ postId: reply.id, version: 1 }]);
  // Moderators who look at it are told of the next change; the same form once more is none.
  await browser.post(`/p/${reply.id}/flag`, { reason: 'spam' });
  await browser.post(`/p/${reply.id}/flag`, { reason: 'spam' });
  expect(await db.select().from(queueItems)).toMatchObject([{ version: 2 }]);
});

test('to change a flag is no further one of the fifty a day', async ({ make, as, db, clock }) => {
  const topic = await make.topic();
  const busy = await make.member();
  const browser = await as.member(busy);
  await browser.post(`/p/${topic.openingPostId}/flag`, { reason: 'spam' });
  const given = { flaggerId: busy.id, reason: 'spam', weight: 1, outcome: 'rejected' } as const;
  const earlier = await make.reply({ topic });
  await db
    .insert(flags)
    .values(Array.from({ length: 49 }, () => ({ ...given, postId: earlier.id, flaggedAt: clock.now() })));
  const changed = await browser.post(`/p/${topic.openingPostId}/flag`, { reason: 'unkind' });
  expect(changed.status).toBe(303);
});

test('whatever is posted, what others cannot see is not offered to be flagged', async ({ make, as }) => {
  const author = await make.member();
  const topic = await make.topic();
  const [hidden, own] = [await make.reply({ topic }), await make.reply({ topic, author })];
  await make.hide({ post: hidden.id });
  const late = await (await as.member()).post(`/p/${hidden.id}/flag`, { note: 'Look at this' });
  expect(late.status).toBe(409);
  expect(late.text).toContain('This post is not there for others any more.');
  expect(late.text).toContain('Hidden by a moderator.');
  expect(late.text).not.toContain('Withdrawn by its author');
  expect(late.text).toContain('>\nLook at this</textarea>');
  expect((await (await as.member(author)).post(`/p/${own.id}/flag`, {})).status).toBe(403);
});

test('taking back the last flag closes the item, any other renews it', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const [one, other] = [await asOrdinary({ make, as }), await asOrdinary({ make, as })];
  await one.post(`/p/${reply.id}/flag`, { reason: 'spam' });
  await other.post(`/p/${reply.id}/flag`, { reason: 'spam' });
  await one.post(`/p/${reply.id}/flag`, { undo: '1' });
  expect(await db.select().from(queueItems)).toMatchObject([{ closedAt: null, version: 2 }]);
  await other.post(`/p/${reply.id}/flag`, { undo: '1' });
  expect(await db.select().from(queueItems)).toMatchObject([
    { closedAt: expect.any(Date) as Date, closedByActionId: null },
  ]);
});

test('nobody flags their own post, and nobody more than fifty a day', async ({ make, as, db, clock }) => {
  const author = await make.member();
  const topic = await make.topic({ author });
  const own = await (await as.member(author)).post(`/p/${topic.openingPostId}/flag`, { reason: 'spam' });
  expect(own.status).toBe(403);
  expect(own.text).toContain('This is your own post.');

  const busy = await make.member();
  const earlier = await make.reply({ topic });
  const given = {
    postId: earlier.id,
    flaggerId: busy.id,
    reason: 'spam',
    weight: 1,
    outcome: 'rejected',
  } as const;
  await db
    .insert(flags)
    .values(Array.from({ length: 50 }, () => ({ ...given, flaggedAt: clock.ago({ hours: 1 }) })));
  const browser = await as.member(busy);
  const sent = { reason: 'spam', note: 'Third time' };
  const tooMany = await browser.post(`/p/${topic.openingPostId}/flag`, sent);
  expect(tooMany.status).toBe(429);
  expect(tooMany.text).toContain('>\nThird time</textarea>');
  expect(Number(tooMany.headers['retry-after'])).toBeGreaterThan(0);
  clock.advance({ hours: 10 });
  expect((await browser.post(`/p/${topic.openingPostId}/flag`, { reason: 'spam' })).status).toBe(303);
});

test('visitors are sent to log in, and what others cannot see is not there to be flagged', async ({
  make,
  as,
  clock,
}) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const visit = await as.visitor().get(`/p/${reply.id}/flag`);
  expect(visit.status).toBe(303);
  expect(visit.headers.location).toBe(`/sign-in?next=${encodeURIComponent(`/p/${reply.id}/flag`)}`);
  expect((await as.visitor().post(`/p/${reply.id}/flag`, { reason: 'spam' })).status).toBe(303);

  const held = await make.reply({ topic, heldAt: clock.ago({ hours: 1 }) });
  const member = await as.member();
  expect((await member.get(`/p/${held.id}/flag`)).status).toBe(404);
  expect((await member.post(`/p/${held.id}/flag`, { reason: 'spam' })).status).toBe(404);
  await make.hide({ post: reply.id });
  expect((await member.post(`/p/${reply.id}/flag`, { reason: 'spam' })).status).toBe(409);
  for (const id of ['0', 'x', '99999999', '9'.repeat(40)]) {
    expect((await member.get(`/p/${id}/flag`)).status).toBe(404);
  }
});

test('a decided flag cannot be taken back', async ({ make, as, db }) => {
  const topic = await make.topic();
  const reply = await make.reply({ topic });
  const flagger = await make.member();
  const browser = await as.member(flagger);
  await browser.post(`/p/${reply.id}/flag`, { reason: 'spam' });
  await (await as.moderator()).post(`/p/${reply.id}/hide`, { canned: 'Spam or promotion' });
  await browser.post(`/p/${reply.id}/flag`, { undo: '1' });
  expect(await db.select().from(flags)).toMatchObject([{ outcome: 'upheld', takenBackAt: null }]);
  expect(await flagRecord(db, flagger.id)).toEqual({ decided: 1, upheld: 1 });
});
