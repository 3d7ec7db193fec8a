import { describe, expect, test } from 'vitest';
import { decodeCursor, encodeCursor } from '../../src/db/cursor.ts';

describe('moments', () => {
  test('come back as they were', () => {
    const cursor = { key: '2026-04-03T14:30:00.123Z', id: 7 };
    expect(decodeCursor(encodeCursor(cursor), 'moment')).toEqual(cursor);
  });
  test.each([
    '2026-02-30T00:00:00.000Z_1',
    '0000-01-01T00:00:00.000Z_1',
    '2026-13-01T00:00:00.000Z_1',
    '2026-04-03T24:00:00.000Z_1',
    '2026-04-03_1',
    '2026-04-03T14:30:00.123Z_0',
    '2026-04-03T14:30:00.123Z_-1',
    '2026-04-03T14:30:00.123Z_99999999999999999',
    '2026-04-03T14:30:00.123Z',
    '1_2',
    '',
    '_',
    undefined,
    ['x'],
  ])('%j is none', (text) => {
    expect(decodeCursor(text, 'moment')).toBeUndefined();
  });
});

describe('numbers', () => {
  test.each([0, -3, 2.5, 104.2345678901234, 1e-7, 1e21])('%d comes back as it was', (key) => {
    expect(decodeCursor(encodeCursor({ key, id: 7 }), 'number')).toEqual({ key, id: 7 });
  });
  test.each(['NaN_1', 'Infinity_1', '1e999_1', '0x10_1', '1;drop_1', '1_1_1', ' 1_1', '1_01'])(
    '%j is none',
    (text) => {
      expect(decodeCursor(text, 'number')).toBeUndefined();
    },
  );
});

describe('whole numbers', () => {
  test.each([0, -3, 2_147_483_647])('%d comes back as it was', (key) => {
    expect(decodeCursor(encodeCursor({ key, id: 7 }), 'integer')).toEqual({ key, id: 7 });
  });
  test.each(['2.5_1', '1e3_1', '2147483648_1', '99999999999_1', '0x10_1', '-_1', '_1', ' 1_1'])(
    '%j is none',
    (text) => {
      expect(decodeCursor(text, 'integer')).toBeUndefined();
    },
  );
});
