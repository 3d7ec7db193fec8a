import fc from 'fast-check';
import { expect, test } from 'vitest';
import { safeNext } from '../../../src/web/paths.ts';

test.each(['/', '/t/1/a-topic', '/search?q=a%20b&in=topics', '/t/1/a#p12', '/u/kevin_h?after=1_2'])(
  'keeps %s',
  (next) => {
    expect(safeNext(next)).toBe(next);
  },
);

test.each([
  undefined,
  null,
  7,
  ['/a'],
  '',
  'a',
  'https://evil.example',
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/\u0000/evil.example',
  '/.//evil.example',
  '/..//evil.example',
  '/a/../..//evil.example',
  '/%2e//evil.example',
  'javascript:alert(1)',
  ' //evil.example',
  'http:/evil.example',
  `/${'a'.repeat(3_000)}`,
])('leads %j to the front page', (next) => {
  expect(safeNext(next)).toBe('/');
});

test('whatever comes in, what comes out stays on this site', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.string().map((tail) => `/${tail}`),
      ),
      (next) => {
        expect(new URL(safeNext(next), 'https://forum.example').origin).toBe('https://forum.example');
      },
    ),
  );
});
