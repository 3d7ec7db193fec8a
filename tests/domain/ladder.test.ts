// Which step of the ladder comes next.
import { describe, expect, test } from 'vitest';
import { type EarlierSanction, nextStep } from '../../src/domain/ladder.ts';
import { DAY } from '../../src/domain/times.ts';

const NOW = new Date('2026-04-03T14:30:00Z');
type Kind = EarlierSanction['kind'];
const of = (kind: Kind, daysAgo = 1, lifted = false): EarlierSanction => ({
  kind,
  startsAt: new Date(NOW.getTime() - daysAgo * DAY),
  liftedAt: lifted ? NOW : null,
});
const suspended = (times: number) => Array.from({ length: times }, () => of('suspension'));

describe('the next step', () => {
  test.for<readonly [string, readonly EarlierSanction[], number | null | 'warning']>([
    ['nothing', [], 'warning'],
    ['a warning', [of('warning')], DAY],
    ['two warnings', [of('warning'), of('warning')], DAY],
    ['a suspension without a warning', suspended(1), 3 * DAY],
    ['a silence', [of('silence')], 3 * DAY],
    ['a silence and a suspension', [of('silence'), ...suspended(1)], 7 * DAY],
    ['three', suspended(3), 30 * DAY],
    ['four', suspended(4), null],
    ['six', suspended(6), null],
    ['a lifted one', [of('suspension', 1, true)], 'warning'],
    ['a warning and a lifted one', [of('warning'), of('suspension', 1, true)], DAY],
    ['one a year ago, to the day', [of('suspension', 365)], 3 * DAY],
    ['one longer ago than that', [of('suspension', 366)], 'warning'],
  ])('after %s', ([, earlier, expected]) => {
    const step = nextStep(earlier, NOW);
    expect(step.kind === 'warning' ? 'warning' : step.length).toBe(expected);
  });
});
