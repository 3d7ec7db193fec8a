// Codes that people keep on paper for the day they have lost something: random, typed by hand, stored as hashes.
import { createHash, randomInt } from 'node:crypto';

/** Crockford's base32: no i, l, o and u, which are misread. */
const LETTERS = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 24;

/** "7xk2-m9qd-04hw-tz5c-q1vn-8m3r": 120 random bits. */
export function newRecoveryCode(): string {
  const code = Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return code.replace(/(.{4})(?!$)/g, '$1-');
}

/** The letters that were meant, however they were typed; undefined when no code of ours looks like it. */
export function readRecoveryCode(typed: string): string | undefined {
  const code = typed.toLowerCase().replace(/[\s-]/g, '').replaceAll('o', '0').replace(/[il]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => LETTERS.includes(letter)) ? code : undefined;
}

/**
 * What is stored of a code. A fast hash does: passwords need a slow one because people choose them, while 2^120 random
 * codes cannot be tried at any speed. The owner goes into it, so that one table of hashes serves against nobody else.
 */
export function recoveryCodeHash(owner: string, code: string): string {
  return createHash('sha256')
    .update(`${owner}\n${readRecoveryCode(code)}`)
    .digest('base64url');
}
