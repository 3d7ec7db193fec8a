import { expect, test } from 'vitest';
import { checkGivenPassword, checkPassword } from '../../src/domain/password-rule.ts';

const owner = { name: 'kevin_the_tenth', email: 'kevin@example.com' };

test.each([
  ['nine characters', 'x'.repeat(9), 'A password has at least 10 characters. A short sentence is good.'],
  ['ten', 'x'.repeat(10), undefined],
  ['nine emoji', '🎉'.repeat(9), 'A password has at least 10 characters. A short sentence is good.'],
  ['ten emoji', '🎉'.repeat(10), undefined],
  ['1,024', 'x'.repeat(1_024), undefined],
  ['1,025', 'x'.repeat(1_025), 'A password has at most 1024 characters.'],
  ['spaces and any script', 'четыре слова и точка', undefined],
  ['the name', 'KEVIN_the_tenth', 'The password must not be your name.'],
  ['the e-mail address', 'Kevin@example.com', 'The password must not be your e-mail address.'],
  ['the name and more', 'kevin_the_tenth!', undefined],
])('%s', (_, password, expected) => {
  expect(checkPassword(password, owner)).toBe(expected);
});

test('what is compared may be as long as a password can be, and no longer', () => {
  expect(checkGivenPassword('short')).toBeUndefined();
  expect(checkGivenPassword('🎉'.repeat(1_024))).toBeUndefined();
  expect(checkGivenPassword('x'.repeat(1_025))).toBe('A password has at most 1024 characters.');
});
