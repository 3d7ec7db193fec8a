// Weeks get their page when they are over: once, whoever closes them and however late.
import { asc, eq } from 'drizzle-orm';
import { topics, weeks, weekTopics } from '../../../src/db/schema/index.ts';
import { closeWeek } from '../../../src/features/weekly/jobs.ts';
import { expect, test } from '../../support/forum.ts';
import { killedAfter } from './killed.ts';

const W13 = (day: number) => new Date(Date.UTC(2026, 2, 22 + day, 12));

test('the topics of the week that is over, chosen and in order', async ({ db, make, clock }) => {
  const [second, first, quiet] = [
    await make.topic({ postedAt: W13(2), score: 2 }),
    await make.topic({ postedAt: W13(3), score: 9 }),
    await make.topic({ postedAt: W13(4), section: 'regions' }),
  ];
  await make.topic({ postedAt: W13(0), score: 50 });
  await make.topic({ postedAt: W13(8), score: 50 });
  await make.topic({ postedAt: W13(5), score: 50, hiddenAt: W13(6) });
  await make.topic({ postedAt: W13(5), score: 50, mergedIntoId: first.id });
  await db.insert(weeks).values({ name: '2026-W12', startsAt: W13(-6), closedAt: W13(1) });
  await db.update(weeks).set({ startsAt: new Date('2026-03-16T00:00Z') });
  await closeWeek(db, {}, clock.now());
  const chosen = await db
    .select({ week: weeks.name, topicId: weekTopics.topicId, position: weekTopics.position })
    .from(weekTopics)
    .innerJoin(weeks, eq(weeks.id, weekTopics.weekId))
    .orderBy(asc(weekTopics.position), asc(weekTopics.topicId));
  expect(chosen).toEqual([
    { week: '2026-W13', topicId: first.id, position: 1 },
    { week: '2026-W13', topicId: quiet.id, position: 1 },
    { week: '2026-W13', topicId: second.id, position: 2 },
  ]);
});

test('weeks that were missed are made up for, from the first topic on, and none twice', async ({
  db,
  make,
  clock,
}) => {
  await closeWeek(db, {}, clock.now());
  expect(await db.select().from(weeks)).toEqual([]);

  await make.topic({ postedAt: clock.ago({ days: 24 }) });
  await closeWeek(db, {}, clock.now());
  const names = async () =>
    (await db.select().from(weeks).orderBy(asc(weeks.startsAt))).map(({ name }) => name);
  expect(await names()).toEqual(['2026-W11', '2026-W12', '2026-W13']);
  const before = await db.select().from(weekTopics);

  clock.set('2026-04-05T23:59:59.999Z');
  await closeWeek(db, {}, clock.now());
  expect(await names()).toHaveLength(3);
  clock.set('2026-04-13T00:00:00.000Z');
  await closeWeek(db, {}, clock.now());
  expect(await names()).toEqual(['2026-W11', '2026-W12', '2026-W13', '2026-W14', '2026-W15']);
  expect(await db.select().from(weekTopics)).toEqual(before);
});

test('of a forum with years of topics, about one year', async ({ db, make, clock }) => {
  await make.topic({ postedAt: clock.ago({ days: 3_000 }) });
  await closeWeek(db, {}, clock.now());
  expect(await db.$count(weeks)).toBe(53);
});

test('two workers at once make it once, and whole', async ({ db, make, clock }) => {
  for (let n = 0; n < 8; n += 1) await make.topic({ postedAt: W13(2), score: n + 1 });
  await Promise.all([1, 2, 3].map(() => closeWeek(db, {}, clock.now())));
  expect(await db.$count(weeks)).toBe(1);
  expect(await db.$count(weekTopics)).toBe(7);
});

test('a worker that is stopped in between leaves no week without its topics', async ({ db, make, clock }) => {
  await make.topic({ postedAt: W13(2) });
  await expect(closeWeek(killedAfter(db, 0), {}, clock.now())).rejects.toThrow('killed');
  expect(await db.$count(weeks)).toBe(0);
  await closeWeek(db, {}, clock.now());
  expect(await db.$count(weekTopics)).toBe(await db.$count(topics));
});
