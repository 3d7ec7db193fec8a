import { describe, expect, test } from 'vitest';
import {
  DAY,
  FOREVER,
  HOUR,
  isWithin,
  MINUTE,
  SECOND,
  spellDuration,
  spellUntil,
  startOfDay,
} from '../../src/domain/times.ts';
import { ago, NOW } from './support.ts';

describe('spellDuration', () => {
  test.each([
    [0, '1 second'],
    [1, '1 second'],
    [SECOND, '1 second'],
    [SECOND + 1, '2 seconds'],
    [90 * SECOND, '90 seconds'],
    [2 * MINUTE, '2 minutes'],
    [30 * MINUTE, '30 minutes'],
    [HOUR + 59 * MINUTE + 1, '120 minutes'],
    [2 * HOUR, '2 hours'],
    [DAY, '24 hours'],
    [2 * DAY, '2 days'],
    [2 * DAY + 1, '3 days'],
    [90 * DAY, '90 days'],
  ])('%d ms: %s', (length, expected) => {
    expect(spellDuration(length)).toBe(expected);
  });
});

test('an end is spelled in UTC, and one that never comes as such', () => {
  expect(spellUntil(new Date('2026-12-31T23:30:00Z'))).toBe('until 31 December 2026, 23:30 UTC');
  expect(spellUntil(FOREVER)).toBe('for good');
});

test('a day begins at midnight UTC', () => {
  expect(startOfDay(NOW)).toEqual(new Date('2026-04-03T00:00:00Z'));
  expect(startOfDay(startOfDay(NOW))).toEqual(startOfDay(NOW));
});

test('a window holds its last millisecond', () => {
  expect(isWithin(HOUR, ago(HOUR), NOW)).toBe(true);
  expect(isWithin(HOUR, ago(HOUR + 1), NOW)).toBe(false);
});
