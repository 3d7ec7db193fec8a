// Rules about passkeys, and about the last way in.
import { expect, test } from 'vitest';
import { mayAddPasskey, mayShowPasskey, mayUsePasskey } from '../../../src/domain/policy/passkeys.ts';
import { mayGiveUpWayIn } from '../../../src/domain/policy/ways-in.ts';
import { checkPasskeyLabel } from '../../../src/domain/passkey-label.ts';
import { MINUTE } from '../../../src/domain/times.ts';

const NOW = new Date('2026-04-03T14:30:00Z');

test.for([
  [0, true],
  [19, true],
  [20, false],
  [21, false],
] as const)('who has %i may add one: %s', ([count, allowed]) => {
  expect(mayAddPasskey(count).allowed).toBe(allowed);
});

test.for([
  [0, true],
  [5 * MINUTE, true],
  [5 * MINUTE + 1, false],
] as const)('shown %i ms after it was asked for: %s', ([passed, allowed]) => {
  expect(mayShowPasskey(new Date(NOW.getTime() - passed), NOW).allowed).toBe(allowed);
});

test.for([
  [0, 0, true],
  [0, 1, true],
  [7, 8, true],
  [7, 4_294_967_295, true],
  [7, 7, false],
  [7, 6, false],
  [7, 0, false],
] as const)('after %i signatures it says %i: %s', ([before, said, allowed]) => {
  expect(mayUsePasskey({ before, said }).allowed).toBe(allowed);
});

test.for([
  [{ hasPassword: false, passkeys: 0, identities: 0 }, false],
  [{ hasPassword: true, passkeys: 0, identities: 0 }, false],
  [{ hasPassword: false, passkeys: 1, identities: 0 }, false],
  [{ hasPassword: false, passkeys: 0, identities: 1 }, false],
  [{ hasPassword: true, passkeys: 1, identities: 0 }, true],
  [{ hasPassword: true, passkeys: 0, identities: 1 }, true],
  [{ hasPassword: false, passkeys: 1, identities: 1 }, true],
  [{ hasPassword: false, passkeys: 2, identities: 0 }, true],
  [{ hasPassword: false, passkeys: 0, identities: 2 }, true],
] as const)('of %j one may go: %s', ([ways, allowed]) => {
  expect(mayGiveUpWayIn(ways)).toMatchObject(allowed ? { allowed } : { allowed, because: 'state' });
});

test.for([
  ['Laptop', true],
  ['机', true],
  ['x'.repeat(40), true],
  ['🔑'.repeat(20) + 'x'.repeat(20), true],
  ['', false],
  ['🔑', false],
  ['...', false],
  ['x'.repeat(41), false],
] as const)('the name "%s" will do: %s', ([label, fits]) => {
  expect(checkPasskeyLabel(label) === undefined).toBe(fits);
});
