// At which moment an hour comes in a zone: summer times, zones at a quarter of an hour, days that never were.
import { describe, expect, test } from 'vitest';
import { dueMail, listTimeZones, momentOf, nextMail, readTimeZone } from '../../src/domain/mail-times.ts';

describe('an hour of a day', () => {
  test.each([
    ['UTC', '2026-11-23', 8, '2026-11-23T08:00Z', 'as it is'],
    ['Asia/Kathmandu', '2026-11-23', 8, '2026-11-23T02:15Z', 'at a quarter to'],
    ['Pacific/Chatham', '2026-11-23', 8, '2026-11-22T18:15Z', 'at a quarter past, the day before'],
    ['Pacific/Kiritimati', '2026-11-23', 0, '2026-11-22T10:00Z', 'first of all'],
    ['Pacific/Pago_Pago', '2026-11-23', 23, '2026-11-24T10:00Z', 'last of all'],
    ['Europe/Vienna', '2026-03-29', 1, '2026-03-29T00:00Z', 'before clocks are put forward'],
    ['Europe/Vienna', '2026-03-29', 2, '2026-03-29T01:00Z', 'that is left out: the next one'],
    ['Europe/Vienna', '2026-03-29', 3, '2026-03-29T01:00Z', 'after that'],
    ['Europe/Vienna', '2026-10-25', 2, '2026-10-25T00:00Z', 'that comes twice: the first'],
    ['Europe/Vienna', '2026-10-25', 3, '2026-10-25T02:00Z', 'after both'],
    ['America/Havana', '2026-03-08', 0, '2026-03-08T05:00Z', 'of a day that begins at one'],
    ['America/Havana', '2026-11-01', 0, '2026-11-01T04:00Z', 'of a day that begins twice'],
    [
      'America/Nuuk',
      '2026-03-28',
      23,
      '2026-03-29T01:00Z',
      'that is left out at the end of a day: the next one',
    ],
    ['America/Nuuk', '2026-03-29', 0, '2026-03-29T01:00Z', 'at the beginning of the next'],
    ['Australia/Lord_Howe', '2026-10-04', 2, '2026-10-03T15:30Z', 'of which the first half is left out'],
    ['Australia/Lord_Howe', '2026-04-05', 1, '2026-04-04T14:00Z', 'of which the second half comes twice'],
    ['Pacific/Apia', '2011-12-29', 8, '2011-12-29T18:00Z', 'of the day before the one that never was'],
    ['Pacific/Apia', '2011-12-30', 8, undefined, 'of the day that never was'],
    ['Pacific/Apia', '2011-12-31', 8, '2011-12-30T18:00Z', 'of the day after it'],
    ['Mars/Olympus', '2026-11-23', 8, '2026-11-23T08:00Z', 'of a zone that is known no more: UTC'],
  ])('%s, %s at %d o’clock: %s (%s)', (zone, day, hour, moment, _why) => {
    expect(momentOf(day, hour, zone)).toEqual(moment === undefined ? undefined : new Date(moment));
  });

  test('comes after the one before, in every zone, on the days on which clocks change', () => {
    for (const zone of listTimeZones())
      for (const day of ['2026-03-08', '2026-03-29', '2026-10-25']) {
        const moments = Array.from({ length: 24 }, (_, hour) => momentOf(day, hour, zone)?.getTime() ?? NaN);
        expect(moments, `${zone} ${day}`).toEqual(moments.toSorted((a, b) => a - b));
      }
  });
});

const VIENNA = { timeZone: 'Europe/Vienna', mailHour: 8, mailDay: 1 };
const NUUK = { timeZone: 'America/Nuuk', mailHour: 23, mailDay: 6 };
const LATE = { timeZone: 'Pacific/Pago_Pago', mailHour: 23, mailDay: 7 };

describe('what is due', () => {
  test.each([
    [VIENNA, 'day', '2026-11-23T06:59:59Z', undefined, '2026-11-23T07:00Z'],
    [VIENNA, 'day', '2026-11-23T07:00Z', '2026-11-23', '2026-11-24T07:00Z'],
    [VIENNA, 'day', '2026-11-23T22:59Z', '2026-11-23', '2026-11-24T07:00Z'],
    [VIENNA, 'day', '2026-11-23T23:00Z', undefined, '2026-11-24T07:00Z'],
    [VIENNA, 'week', '2026-11-23T07:00Z', '2026-11-23', '2026-11-30T07:00Z'],
    [VIENNA, 'week', '2026-11-24T07:00Z', undefined, '2026-11-30T07:00Z'],
    [NUUK, 'week', '2026-03-29T00:59Z', undefined, '2026-03-29T01:00Z'],
    [NUUK, 'week', '2026-03-29T01:00Z', '2026-03-28', '2026-04-05T00:00Z'],
    [NUUK, 'week', '2026-03-29T23:59Z', '2026-03-28', '2026-04-05T00:00Z'],
    [NUUK, 'day', '2026-03-30T00:00Z', '2026-03-29', '2026-03-31T00:00Z'],
    [LATE, 'week', '2026-11-23T09:59Z', undefined, '2026-11-23T10:00Z'],
    [LATE, 'week', '2026-11-23T10:59Z', '2026-11-22', '2026-11-30T10:00Z'],
    [LATE, 'week', '2026-11-23T11:00Z', undefined, '2026-11-30T10:00Z'],
    [
      { ...VIENNA, timeZone: 'Pacific/Apia', mailDay: 5 },
      'week',
      '2011-12-29T20:00Z',
      undefined,
      '2012-01-05T18:00Z',
    ],
  ] as const)('%o, once a %s, at %s: %s; next %s', (times, every, now, day, next) => {
    expect(dueMail(times, every, new Date(now))?.day).toBe(day);
    expect(nextMail(times, every, new Date(now))).toEqual(new Date(next));
  });
});

test.each([
  ['Europe/Vienna', 'Europe/Vienna'],
  ['europe/vienna', 'Europe/Vienna'],
  ['UTC', 'UTC'],
  ['+01:00', undefined],
  ['Mars/Olympus', undefined],
  ['', undefined],
])('the zone %o is %o', (typed, zone) => {
  expect(readTimeZone(typed)).toBe(zone);
});

test('every zone that is offered is one, and UTC is among them', () => {
  const zones = listTimeZones();
  expect(zones).toContain('UTC');
  expect(zones.filter((zone) => readTimeZone(zone) === undefined)).toEqual([]);
});
