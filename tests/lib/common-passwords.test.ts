import { expect, test } from 'vitest';
import { isCommonPassword } from '../../src/lib/common-passwords.ts';

test.for([
  ['qwertyuiop', true],
  ['QwertyUiop', true],
  ['sunshine', true],
  ['Sunshine2026!', true],
  ['123sunshine123', true],
  ['!!dragon!!2024', true],
  ['monkeymonkey', true],
  ['MonkeyMonkey77', true],
  ['1234567890', true],
  ['three odd words', false],
  ['sunshine over the harbour', false],
  ['a1b2c3d4e5f6g7', false],
  ['kvq!!2026!!2026', false],
  ['ünïcödé wörds', false],
  ['', false],
] as const)('%j is common: %s', ([password, common]) => {
  expect(isCommonPassword(password)).toBe(common);
});
