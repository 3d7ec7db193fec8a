// What members say of themselves: lengths in characters, and nothing invisible.
import { expect, test } from 'vitest';
import { checkAbout, checkAffiliation, cleanAbout } from '../../src/domain/member-about.ts';

test.each([
  ['', ''],
  ['  Chips,  mostly. \n\n\n I write   about power. ', 'Chips, mostly.\nI write about power.'],
  ['abc\u202Edef\u2066\u200B', 'abcdef'],
  ['\u200B\n \n', ''],
])('%j is kept as %j', (typed, kept) => {
  expect(cleanAbout(typed)).toBe(kept);
});

test('500 characters fit, the 501st does not; an emoji is one', () => {
  expect(checkAbout('🐙'.repeat(500))).toBeUndefined();
  expect(checkAbout('🐙'.repeat(501))).toBe(
    'What you say about you is too long by 1: it may have 500 characters.',
  );
});

test('an affiliation has at most 80 characters', () => {
  expect(checkAffiliation('')).toBeUndefined();
  expect(checkAffiliation('x'.repeat(80))).toBeUndefined();
  expect(checkAffiliation('x'.repeat(82))).toBe(
    'The affiliation is too long by 2: it may have 80 characters.',
  );
});
