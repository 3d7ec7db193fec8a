// Codes on paper: random, read however they are typed, hashed for one owner.
import { expect, test } from 'vitest';
import { newRecoveryCode, readRecoveryCode, recoveryCodeHash } from '../../src/lib/recovery-codes.ts';

test('they are random, of letters and digits that are not misread', () => {
  const codes = Array.from({ length: 500 }, newRecoveryCode);
  expect(new Set(codes).size).toBe(500);
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  // 80 bits: each of the 32 characters can stand at each of the 16 places.
  for (let at = 0; at < 19; at += 1)
    expect(new Set(codes.map((code) => code[at])).size).toBe(at % 5 === 4 ? 1 : 32);
});

test.for([
  ['7xk2-m9qd-04hw-1z5c', '7xk2m9qd04hw1z5c'],
  [' 7XK2 M9QD 04HW 1Z5C\n', '7xk2m9qd04hw1z5c'],
  ['7xk2m9qdO4hwlz5c', '7xk2m9qd04hw1z5c'],
  ['7xk2m9qdo4hwIz5c', '7xk2m9qd04hw1z5c'],
  ['7xk2-m9qd-04hw-1z5', undefined],
  ['7xk2-m9qd-04hw-1z5cc', undefined],
  ['7xk2-m9qd-04hw-1z5u', undefined],
  ['123456', undefined],
  ['', undefined],
] as const)('%j is read as %j', ([typed, code]) => {
  expect(readRecoveryCode(typed)).toBe(code);
});

test('a hash is of one code and one owner, however the code is typed', () => {
  const hash = recoveryCodeHash('7', '7xk2-m9qd-04hw-1z5c');
  expect(recoveryCodeHash('7', '7XK2M9QDO4HWLZ5C')).toBe(hash);
  expect(recoveryCodeHash('8', '7xk2-m9qd-04hw-1z5c')).not.toBe(hash);
  expect(recoveryCodeHash('7', '7xk2-m9qd-04hw-1z5d')).not.toBe(hash);
  expect(hash).not.toContain('7xk2');
});
