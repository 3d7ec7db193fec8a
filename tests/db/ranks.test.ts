// The ranks as SQL agree with the formulas in TypeScript.
import { eq, sql } from 'drizzle-orm';
import { bestRankOf, hotRankOf, rankedFromOf } from '../../src/db/ranks.ts';
import { sections, topics } from '../../src/db/schema/index.ts';
import { bestRank, hotRank } from '../../src/domain/ranking.ts';
import { expect, test } from '../support/forum.ts';

test('best rank', async ({ db }) => {
  const cases = [-40, -1, 0, 1, 7].flatMap((baseScore) =>
    [0, 1, 2, 50, 4_000].flatMap((upvotes) =>
      [0, 1, 2.5, 30].map((flagWeight) => ({ baseScore, upvotes, flagWeight })),
    ),
  );
  for (const facts of cases) {
    const rank = bestRankOf(
      sql`${facts.upvotes + facts.baseScore}::int`,
      sql`${facts.baseScore}::int`,
      sql`${facts.flagWeight}::float8`,
    );
    const { rows } = await db.execute<{ rank: number }>(sql`select ${rank} as rank`);
    expect(rows[0]?.rank, JSON.stringify(facts)).toBeCloseTo(bestRank(facts), 12);
  }
});

test('hot rank of a topic that younger ones were merged into counts from the youngest', async ({
  db,
  make,
  clock,
}) => {
  const into = await make.topic({ postedAt: clock.ago({ days: 9 }) });
  const rankedFrom = async () => {
    await db.update(topics).set({ rankedFrom: rankedFromOf() }).where(eq(topics.id, into.id));
    const [row] = await db
      .select({ rankedFrom: topics.rankedFrom, rank: hotRankOf(sql`4::int`, sql`0::int`) })
      .from(topics)
      .where(eq(topics.id, into.id));
    const postedAt = row?.rankedFrom ?? into.postedAt;
    expect(row?.rank).toBeCloseTo(hotRank({ score: 4, distinctRepliers: 0, postedAt, modifier: 0 }), 9);
    return row?.rankedFrom;
  };
  expect(await rankedFrom()).toBeNull();
  await make.topic({ postedAt: clock.ago({ days: 20 }), mergedIntoId: into.id });
  expect(await rankedFrom()).toBeNull();
  const young = await make.topic({ postedAt: clock.ago({ days: 1 }), mergedIntoId: into.id });
  await make.topic({ postedAt: clock.ago({ days: 2 }), mergedIntoId: into.id });
  expect(await rankedFrom()).toEqual(young.postedAt);
});

test('hot rank, with the modifier of the section', async ({ db, make, clock }) => {
  await db.update(sections).set({ modifier: -0.5 }).where(eq(sections.slug, 'policy-security'));
  for (const section of ['funding', 'policy-security']) {
    for (const hours of [0, 1, 500, 2_000]) {
      const topic = await make.topic({ section, postedAt: clock.ago({ hours }) });
      for (const [score, repliers] of [
        [-3, 0],
        [0, 0],
        [0, 1],
        [0, 9],
        [5, 4],
        [900, 2],
        [900, 5_000],
      ] as const) {
        const [row] = await db
          .select({ rank: hotRankOf(sql`${score}::int`, sql`${repliers}::int`) })
          .from(topics)
          .where(eq(topics.id, topic.id));
        const expected = hotRank({
          score,
          distinctRepliers: repliers,
          postedAt: topic.postedAt,
          modifier: section === 'funding' ? 0 : -0.5,
        });
        expect(row?.rank, `${section} ${hours} ${score} ${repliers}`).toBeCloseTo(expected, 9);
      }
    }
  }
});
