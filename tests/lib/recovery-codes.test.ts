// Codes on paper: random, read however they are typed, hashed for one owner.
import { expect, test } from 'vitest';
import { newRecoveryCode, readRecoveryCode, recoveryCodeHash } from '../../src/lib/recovery-codes.ts';

test('they are random, of letters and digits that are not misread', () => {
  const codes = Array.from({ length: 500 }, newRecoveryCode);
  expect(new Set(codes).size).toBe(500);
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){5}[0-9a-hjkmnp-tv-z]{4}$/);
  // 120 bits: each of the 32 characters can stand at each of the 24 places.
  for (let at = 0; at < 29; at += 1)
    expect(new Set(codes.map((code) => code[at])).size).toBe(at % 5 === 4 ? 1 : 32);
});

test.for([
  ['7xk2-m9qd-04hw-q1vn-8m3r-1z5c', '7xk2m9qd04hwq1vn8m3r1z5c'],
  [' 7XK2 M9QD 04HW Q1VN 8M3R 1Z5C\n', '7xk2m9qd04hwq1vn8m3r1z5c'],
  ['7xk2m9qdO4hwqlvn8m3rlz5c', '7xk2m9qd04hwq1vn8m3r1z5c'],
  ['7xk2m9qdo4hwqIvn8m3rIz5c', '7xk2m9qd04hwq1vn8m3r1z5c'],
  ['7xk2-m9qd-04hw-q1vn-8m3r-1z5', undefined],
  ['7xk2-m9qd-04hw-q1vn-8m3r-1z5cc', undefined],
  ['7xk2-m9qd-04hw-q1vn-8m3r-1z5u', undefined],
  ['123456', undefined],
  ['', undefined],
] as const)('%j is read as %j', ([typed, code]) => {
  expect(readRecoveryCode(typed)).toBe(code);
});

test('a hash is of one code and one owner, however the code is typed', () => {
  const hash = recoveryCodeHash('7', '7xk2-m9qd-04hw-q1vn-8m3r-1z5c');
  expect(recoveryCodeHash('7', '7XK2M9QDO4HWQLVN8M3RLZ5C')).toBe(hash);
  expect(recoveryCodeHash('8', '7xk2-m9qd-04hw-q1vn-8m3r-1z5c')).not.toBe(hash);
  expect(recoveryCodeHash('7', '7xk2-m9qd-04hw-q1vn-8m3r-1z5d')).not.toBe(hash);
  expect(hash).not.toContain('7xk2');
});
