// Digests by which a text is known again, and which nobody else can make.
import { expect, test } from 'vitest';
import { keyedDigest } from '../../src/lib/keyed-digest.ts';

test('the same text has the same digest, under the same secret and label alone', () => {
  const digest = keyedDigest('a secret', 'address', 'a@example.org');
  expect(digest).toMatch(/^[\w-]{43}$/);
  expect(keyedDigest('a secret', 'address', 'a@example.org')).toBe(digest);
  const others = [
    keyedDigest('another secret', 'address', 'a@example.org'),
    keyedDigest('a secret', 'name', 'a@example.org'),
    keyedDigest('a secret', 'address', 'b@example.org'),
  ];
  expect(others).not.toContain(digest);
});
