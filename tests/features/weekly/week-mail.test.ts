// The mail of the week: to those who asked, at their hour, once, of what is visible and not muted.
import { eq } from 'drizzle-orm';
import { mailings, members, topics } from '../../../src/db/schema/index.ts';
import { closeWeek, mailWeeks, sweepMailings } from '../../../src/features/weekly/jobs.ts';
import { expect, test } from '../../support/forum.ts';

const IN_W13 = new Date('2026-03-25T12:00:00Z');
const ASKED = new Date('2026-03-20T12:00:00Z');
const MONDAY_AT_8 = '2026-03-30T08:00:00.000Z';

test('its topics by section, as text and HTML, with a way to stop it by one click', async ({
  db,
  make,
  clock,
  drain,
  mails,
}) => {
  const author = await make.member({ name: 'anna' });
  const topic = await make.topic({
    ...{ author, title: 'Chips & <prices>', source: 'https://chips.example/a', postedAt: IN_W13, score: 1 },
  });
  await make.topic({ title: 'Grids', section: 'infrastructure', postedAt: IN_W13 });
  await make.member({ name: 'reader', weekByMailSince: ASKED });
  await make.member({ name: 'other' });
  await make.member({ name: 'nobody', weekByMailSince: ASKED, confirmedAt: null });
  clock.set(MONDAY_AT_8);
  await closeWeek(db, {}, clock.now());
  await mailWeeks(db, {}, clock.now());
  await drain();
  expect(mails().map(({ to }) => to)).toEqual(['reader@example.org']);
  const [mail] = mails();
  expect(mail?.subject).toBe('Tokenwire: the week of 23 to 29 March 2026');
  expect(mail?.text).toContain(
    `Funding\n\n* Chips & <prices>\n  1 upvote, 0 replies, posted by anna, chips.example\n  http://localhost:3000/t/${topic.id}/chips-prices\n`,
  );
  expect(mail?.text).toContain('Infrastructure\n\n* Grids\n');
  expect(mail?.html).toContain(
    `<a href="http://localhost:3000/t/${topic.id}/chips-prices">Chips &amp; &lt;prices&gt;</a>`,
  );
  expect(mail?.html.indexOf('Funding')).toBeLessThan(mail?.html.indexOf('Infrastructure') ?? 0);
  const stop = /Stop it: (http:\S+)/.exec(mail?.text ?? '')?.[1];
  expect(stop).toMatch(/\/unsubscribe\?key=/);
  expect(mail?.headers).toMatchObject({
    'List-Unsubscribe': `<${stop}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  });
  expect(await db.select().from(mailings)).toMatchObject([{ kind: 'week', day: '2026-03-23' }]);
});

test('it leaves out what is hidden or muted by the time it is written, and does not come of nothing', async ({
  db,
  make,
  as,
  clock,
  drain,
  mails,
}) => {
  const shown = await make.topic({ title: 'What stays', source: 'https://b.example/', postedAt: IN_W13 });
  const hidden = await make.topic({ title: 'What is hidden', postedAt: IN_W13 });
  await make.topic({ title: 'What is muted', source: 'https://a.example/', postedAt: IN_W13 });
  const [reader, weary] = [
    await make.member({ weekByMailSince: ASKED }),
    await make.member({ weekByMailSince: ASKED }),
  ];
  await (await as.member(reader)).post('/site/a.example/follow', { level: 'nothing' });
  for (const host of ['a', 'b'])
    await (await as.member(weary)).post(`/site/${host}.example/follow`, { level: 'nothing' });
  await closeWeek(db, {}, new Date(MONDAY_AT_8));
  await mailWeeks(db, {}, new Date(MONDAY_AT_8));
  await db.update(topics).set({ hiddenAt: clock.now() }).where(eq(topics.id, hidden.id));
  await drain();
  expect(mails().map(({ to }) => to)).toEqual([reader.email]);
  expect(mails()[0]?.text.match(/^\* .*/gm)).toEqual([`* ${shown.title}`]);
});

test('no mail is ordered of a week in which nothing is to be seen', async ({ db, make, clock }) => {
  const topic = await make.topic({ postedAt: IN_W13 });
  await make.member({ weekByMailSince: ASKED });
  clock.set(MONDAY_AT_8);
  await closeWeek(db, {}, clock.now());
  await db.update(topics).set({ hiddenAt: clock.now() }).where(eq(topics.id, topic.id));
  await mailWeeks(db, {}, clock.now());
  expect(await db.$count(mailings)).toBe(0);
});

test('who stopped it after it was ordered gets none', async ({ db, make, drain, mails }) => {
  await make.topic({ postedAt: IN_W13 });
  await make.member({ weekByMailSince: ASKED });
  await closeWeek(db, {}, new Date(MONDAY_AT_8));
  await mailWeeks(db, {}, new Date(MONDAY_AT_8));
  await db.update(members).set({ weekByMailSince: null });
  await drain();
  expect(await db.$count(mailings)).toBe(1);
  expect(mails()).toEqual([]);
});

test('no week that was over before it was asked for, and none twice by another day', async ({ db, make }) => {
  await make.topic({ postedAt: IN_W13 });
  const at = (iso: string) => mailWeeks(db, {}, new Date(iso));
  const { id } = await make.member({ weekByMailSince: ASKED });
  await make.member({ weekByMailSince: new Date('2026-03-30T07:00:00Z') });
  await closeWeek(db, {}, new Date(MONDAY_AT_8));
  await at('2026-03-30T07:59:59.999Z');
  expect(await db.$count(mailings)).toBe(0);
  await at('2026-03-30T23:59:00Z');
  await db.update(members).set({ mailDay: 3 });
  await at('2026-04-01T08:00:00Z');
  expect(await db.select().from(mailings)).toMatchObject([{ memberId: id, day: '2026-03-23' }]);
});

test('what was missed is made up for within the day, not after it', async ({ db, make }) => {
  await make.topic({ postedAt: IN_W13 });
  await make.member({ weekByMailSince: ASKED });
  await closeWeek(db, {}, new Date(MONDAY_AT_8));
  await mailWeeks(db, {}, new Date('2026-03-31T00:00:00Z'));
  expect(await db.$count(mailings)).toBe(0);
  await mailWeeks(db, {}, new Date('2026-03-30T23:59:59Z'));
  expect(await db.$count(mailings)).toBe(1);
});

test('where Monday begins before the week has ended, its early hours bring the week before', async ({
  db,
  make,
}) => {
  await make.topic({ postedAt: IN_W13 });
  await make.member({ weekByMailSince: ASKED, timeZone: 'Pacific/Auckland' });
  await closeWeek(db, {}, new Date(MONDAY_AT_8));
  // Monday 08:00 there was Sunday 19:00 UTC; the week was over at 13:00.
  await mailWeeks(db, {}, new Date('2026-03-30T01:00:00Z'));
  expect(await db.$count(mailings)).toBe(0);
  await mailWeeks(db, {}, new Date('2026-04-05T20:00:00Z'));
  expect(await db.select().from(mailings)).toMatchObject([{ day: '2026-03-23' }]);
});

test('which mails were ordered is forgotten after a month', async ({ db, make, clock }) => {
  const { id: memberId } = await make.member();
  const row = (day: string, days: number) => ({
    memberId,
    kind: 'daily' as const,
    day,
    orderedAt: clock.ago({ days }),
  });
  await db.insert(mailings).values([row('2026-03-03', 31), row('2026-03-05', 29)]);
  await sweepMailings(db, {}, clock.now());
  expect(await db.select().from(mailings)).toMatchObject([{ day: '2026-03-05' }]);
});
