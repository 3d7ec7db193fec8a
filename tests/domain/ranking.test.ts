import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestRank, HOT_EPOCH, hotRank } from '../../src/domain/ranking.ts';
import { HOUR } from '../../src/domain/times.ts';

const start = { score: 0, distinctRepliers: 0, postedAt: HOT_EPOCH, modifier: 0 };

describe('hotRank', () => {
  test.each([
    ['nothing yet', start, 0],
    ['nine upvotes', { ...start, score: 9 }, 1],
    ['22 hours later', { ...start, postedAt: new Date(HOT_EPOCH.getTime() + 22 * HOUR) }, 1],
    ['before 2026', { ...start, postedAt: new Date(HOT_EPOCH.getTime() - 22 * HOUR) }, -1],
    ['a section that counts more', { ...start, modifier: 0.5 }, 0.5],
    ['a score below 0 is 0', { ...start, score: -50 }, 0],
    ['two repliers are worth one upvote', { ...start, score: 8, distinctRepliers: 2 }, 1],
    ['repliers count no more than upvotes and one', { ...start, score: 4, distinctRepliers: 500 }, 1],
    ['also where there are none', { ...start, distinctRepliers: 500 }, Math.log10(2)],
  ])('%s', (_, facts, expected) => {
    expect(hotRank(facts)).toBeCloseTo(expected, 12);
  });

  test('ten times the score makes up for 22 hours', () => {
    const older = hotRank({ ...start, score: 99 });
    const younger = hotRank({ ...start, score: 9, postedAt: new Date(HOT_EPOCH.getTime() + 22 * HOUR) });
    expect(younger).toBeCloseTo(older, 12);
  });
});

describe('bestRank', () => {
  const none = { upvotes: 0, flagWeight: 0, baseScore: 0 };

  // Worked out by hand from Wilson's formula with z = 1.2816: one upvote of one gives 1 / (1 + z²).
  test.each([
    ['no votes', none, 0],
    ['one upvote', { ...none, upvotes: 1 }, 1 / (1 + 1.2816 ** 2)],
    ['ten upvotes', { ...none, upvotes: 10 }, 10 / (10 + 1.2816 ** 2)],
    ['half and half', { ...none, upvotes: 5, flagWeight: 5 }, 0.312198],
    ['flags alone', { ...none, flagWeight: 7 }, 0],
    ['an imported score counts as upvotes', { ...none, baseScore: 10 }, 10 / (10 + 1.2816 ** 2)],
    ['an imported negative score counts as flags', { ...none, upvotes: 5, baseScore: -5 }, 0.312198],
    ['a negative score alone', { ...none, baseScore: -5 }, 0],
  ])('%s', (_, facts, expected) => {
    expect(bestRank(facts)).toBeCloseTo(expected, 5);
  });

  test('many upvotes with few flags stand above few upvotes with none', () => {
    expect(bestRank({ ...none, upvotes: 100, flagWeight: 2 })).toBeGreaterThan(
      bestRank({ ...none, upvotes: 2 }),
    );
  });

  test('whatever the votes: between 0 and 1, more for an upvote, less for a flag', () => {
    const votes = fc.record({
      upvotes: fc.nat(100_000),
      flagWeight: fc.nat(1_000),
      baseScore: fc.integer({ min: -1_000, max: 100_000 }),
    });
    fc.assert(
      fc.property(votes, (facts) => {
        const rank = bestRank(facts);
        expect(rank).toBeGreaterThanOrEqual(0);
        expect(rank).toBeLessThan(1);
        expect(bestRank({ ...facts, upvotes: facts.upvotes + 1 })).toBeGreaterThan(rank);
        const flagged = bestRank({ ...facts, flagWeight: facts.flagWeight + 1 });
        if (rank > 0) expect(flagged).toBeLessThan(rank);
        else expect(flagged).toBe(0);
      }),
    );
  });
});
