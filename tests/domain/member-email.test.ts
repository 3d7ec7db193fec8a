import { describe, expect, test } from 'vitest';
import { checkEmail, emailKey } from '../../src/domain/member-email.ts';

describe('checkEmail', () => {
  const local64 = 'a'.repeat(64);
  const labels = `${'b'.repeat(60)}.`.repeat(3);

  test.each([
    'a@b.co',
    'first.last+tag@sub.example.com',
    "o'neil@example.ie",
    `${local64}@example.com`,
    `${local64}@${labels}${'c'.repeat(6)}`,
  ])('%s is fine', (address) => {
    expect(checkEmail(address)).toBeUndefined();
  });

  test.each([
    '',
    'kevin',
    'kevin@localhost',
    '@example.com',
    'a@b@example.com',
    'a b@example.com',
    'a@example..com',
    'a@-example.com',
    'a@example.com\nbcc:x@y.z',
    '"quoted"@example.com',
    `a${local64}@example.com`,
  ])('%j is none', (address) => {
    expect(checkEmail(address)).toBe('This is not an e-mail address: it should look like name@example.com.');
  });

  test('254 characters are the most', () => {
    const address = `${local64}@${labels}${'c'.repeat(6)}`;
    expect(address).toHaveLength(254);
    expect(checkEmail(`${address}c`)).toBe('An e-mail address has at most 254 characters.');
  });
});

test('addresses are compared without case and outer spaces', () => {
  expect(emailKey(' Kevin@Example.COM ')).toBe('kevin@example.com');
});
