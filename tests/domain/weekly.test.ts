// Which topics stand on the page of a week, as a table: section, score, repliers, kind → what is chosen, in order.
import { describe, expect, test } from 'vitest';
import type { SectionId, TopicId } from '../../src/domain/ids.ts';
import type { TopicKind } from '../../src/domain/post-text.ts';
import { chooseOfWeek, type WeekCandidate, WEEKLY } from '../../src/domain/weekly.ts';

type Row = readonly [section: number, score: number, repliers: number, kind?: TopicKind];

function choose(rows: readonly Row[]): string[] {
  const candidates = rows.map(([section, score, distinctRepliers, kind = 'text'], index): WeekCandidate => ({
    ...{ id: (index + 1) as TopicId, sectionId: section as SectionId, kind, score, distinctRepliers },
  }));
  return chooseOfWeek(candidates).map(
    ({ id, position }) => `${candidates[id - 1]?.sectionId}.${position}: ${id}`,
  );
}

describe('chosen of a week', () => {
  test.each<[string, readonly Row[], readonly string[]]>([
    ['nothing of nothing', [], []],
    [
      'more upvotes first',
      [
        [1, 3, 0],
        [1, 9, 0],
      ],
      ['1.1: 2', '1.2: 1'],
    ],
    [
      'people who reply count, too',
      [
        [1, 3, 0],
        [1, 3, 4],
      ],
      ['1.1: 2', '1.2: 1'],
    ],
    [
      'but no quarrel among many alone',
      [
        [1, 0, 40],
        [1, 3, 0],
      ],
      ['1.1: 2', '1.2: 1'],
    ],
    [
      'the earlier one of equals',
      [
        [1, 3, 0],
        [1, 3, 0],
      ],
      ['1.1: 1', '1.2: 2'],
    ],
    [
      'a digest before all others of its section',
      [
        [1, 90, 9],
        [1, 0, 0, 'digest'],
      ],
      ['1.1: 2', '1.2: 1'],
    ],
    [
      'what nobody noticed, in a quiet week',
      [
        [1, 0, 0],
        [2, -3, 0],
        [1, 5, 0],
      ],
      ['1.1: 3', '1.2: 1', '2.1: 2'],
    ],
  ])('%s', (_name, rows, chosen) => {
    expect(choose(rows).toSorted()).toEqual([...chosen].toSorted());
  });

  const lively = (section: number, count: number, score: number) =>
    Array.from({ length: count }, (): Row => [section, score, 0]);

  test('not what nobody noticed, in a lively one', () => {
    expect(choose([...lively(1, WEEKLY.least, 2), [2, 0, 0]])).toHaveLength(WEEKLY.least);
    expect(choose([...lively(1, WEEKLY.least - 1, 2), [2, 0, 0], [2, 0, 0]])).toHaveLength(WEEKLY.least);
  });

  test('so many of one section, however many it has', () => {
    expect(choose(lively(1, 20, 5))).toHaveLength(WEEKLY.inSection);
  });

  test('so many together; the first of a small section before more of a large one', () => {
    const rows = [...[1, 2, 3, 4, 5].flatMap((section) => lively(section, 10, 50)), ...lively(6, 3, 1)];
    const chosen = choose(rows);
    expect(chosen).toHaveLength(WEEKLY.together);
    expect(chosen.filter((line) => line.startsWith('6.'))).toEqual(['6.1: 51']);
  });
});
