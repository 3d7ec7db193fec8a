// One way into an account is always left.
import { expect, test } from 'vitest';
import { mayGiveUpWayIn } from '../../../src/domain/policy/ways-in.ts';

test.for([
  [{ hasPassword: true, passkeys: 0, identities: 0 }, false],
  [{ hasPassword: false, passkeys: 1, identities: 0 }, false],
  [{ hasPassword: false, passkeys: 0, identities: 1 }, false],
  [{ hasPassword: false, passkeys: 0, identities: 0 }, false],
  [{ hasPassword: true, passkeys: 1, identities: 0 }, true],
  [{ hasPassword: true, passkeys: 0, identities: 1 }, true],
  [{ hasPassword: false, passkeys: 1, identities: 1 }, true],
  [{ hasPassword: false, passkeys: 2, identities: 0 }, true],
  [{ hasPassword: false, passkeys: 0, identities: 2 }, true],
] as const)('of %j one may be given up: %s', ([ways, allowed]) => {
  const verdict = mayGiveUpWayIn(ways);
  expect(verdict.allowed).toBe(allowed);
  if (!verdict.allowed)
    expect(verdict).toMatchObject({ because: 'state', reason: expect.stringContaining('first') as string });
});
