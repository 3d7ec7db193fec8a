// Weeks as ISO 8601 names them: cases of its own text and of the ends of years.
import { describe, expect, test } from 'vitest';
import { readWeekName, spellWeek, startOfWeek, weekName } from '../../src/domain/iso-weeks.ts';

describe('the week of a day', () => {
  test.each([
    ['2026-11-22T23:59:59Z', '2026-W47', '2026-11-16', '16 to 22 November 2026'],
    ['2026-11-23T00:00:00Z', '2026-W48', '2026-11-23', '23 to 29 November 2026'],
    ['2026-10-01T12:00:00Z', '2026-W40', '2026-09-28', '28 September to 4 October 2026'],
    ['2005-01-01T00:00:00Z', '2004-W53', '2004-12-27', '27 December 2004 to 2 January 2005'],
    ['2008-12-29T00:00:00Z', '2009-W01', '2008-12-29', '29 December 2008 to 4 January 2009'],
    ['2010-01-03T00:00:00Z', '2009-W53', '2009-12-28', '28 December 2009 to 3 January 2010'],
    ['2027-01-01T00:00:00Z', '2026-W53', '2026-12-28', '28 December 2026 to 3 January 2027'],
  ])('%s lies in %s', (day, name, monday, spelled) => {
    const startsAt = startOfWeek(new Date(day));
    expect(weekName(startsAt)).toBe(name);
    expect(startsAt).toEqual(new Date(`${monday}T00:00:00Z`));
    expect(spellWeek(startsAt)).toBe(spelled);
    expect(readWeekName(name)).toEqual(startsAt);
  });
});

test.each([
  '2027-W53',
  '2026-W00',
  '2026-W54',
  '2026-47',
  '2026-W7',
  '0026-W07',
  ' 2026-W47',
  '',
  undefined,
  7,
])('%o names no week', (text) => {
  expect(readWeekName(text)).toBeUndefined();
});

test('a small w is read', () => {
  expect(readWeekName('2026-w47')).toEqual(new Date('2026-11-16T00:00:00Z'));
});
