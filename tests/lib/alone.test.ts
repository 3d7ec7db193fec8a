import { expect, test } from 'vitest';
import { alone } from '../../src/lib/alone.ts';

test('a small buffer keeps nothing but itself', () => {
  const shared = Buffer.from('A reply’s part of a page.');
  expect(shared.buffer.byteLength).toBeGreaterThan(shared.length);
  const own = alone(shared);
  expect(own).toEqual(shared);
  expect(own.buffer.byteLength).toBe(shared.length);
});
