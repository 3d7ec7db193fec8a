// Codes of authenticator apps: the numbers of RFC 6238, and a window of one step on either side.
import { expect, test } from 'vitest';
import { codeKeyAddress, newCodeKey, stepOfCode } from '../../src/lib/one-time-codes.ts';

/** "12345678901234567890", the key of RFC 6238, appendix B. */
const KEY = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

test.for([
  [59, '287082', 1],
  [1_111_111_109, '081804', 37_037_036],
  [1_111_111_111, '050471', 37_037_037],
  [1_234_567_890, '005924', 41_152_263],
  [2_000_000_000, '279037', 66_666_666],
  [20_000_000_000, '353130', 666_666_666],
] as const)('RFC 6238, appendix B: at %d s it is %s', ([seconds, code, step]) => {
  expect(stepOfCode(code, KEY, new Date(seconds * 1_000))).toBe(step);
});

test.for([
  ['two steps before it begins', -31, undefined],
  ['a step before it begins', -30, 41_152_263],
  ['as it begins', 0, 41_152_263],
  ['as it ends', 29.999, 41_152_263],
  ['a step after it ended', 59.999, 41_152_263],
  ['two steps after', 60, undefined],
] as const)('%s', ([, offset, step]) => {
  const begins = 41_152_263 * 30;
  expect(stepOfCode('005924', KEY, new Date((begins + offset) * 1_000))).toBe(step);
});

test.for(['', '5924', '0005924', '00592a', '００５９２４', '-05924', '1e5   '])('%j is no code', (code) => {
  expect(stepOfCode(code, KEY, new Date(1_234_567_890_000))).toBeUndefined();
});

test('keys are random, and as long as RFC 4226 recommends', () => {
  const keys = Array.from({ length: 20 }, newCodeKey);
  expect(new Set(keys).size).toBe(20);
  for (const key of keys) expect(key).toMatch(/^[A-Z2-7]{32}$/);
});

test('the address says what every app needs, whatever the forum is called', () => {
  const address = codeKeyAddress(KEY, { issuer: 'R&D: "Wire" ü', account: 'diana_f' });
  const { protocol, host, searchParams, pathname } = new URL(address);
  expect([protocol, host]).toEqual(['otpauth:', 'totp']);
  expect(decodeURIComponent(pathname)).toBe('/R&D: "Wire" ü:diana_f');
  expect(Object.fromEntries(searchParams)).toEqual({
    issuer: 'R&D: "Wire" ü',
    secret: KEY,
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});
