import { expect, test } from 'vitest';
import { checkPassword } from '../../src/domain/password-rule.ts';

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
