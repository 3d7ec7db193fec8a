// Whose an account at another site becomes.
import { expect, test } from 'vitest';
import type { MemberId } from '../../../src/domain/ids.ts';
import { mayComeBack, mayConnectIdentity, mayGoOnWith } from '../../../src/domain/policy/identities.ts';
import { MINUTE } from '../../../src/domain/times.ts';

const [ME, OTHER] = [1, 2] as [MemberId, MemberId];
const NOW = new Date('2026-04-03T14:30:00Z');
const ago = (length: number) => new Date(NOW.getTime() - length);

test.for([
  ['I asked for it', { ownerId: null, askedBy: ME, sameAddress: false }, 'allowed'],
  ['I asked for it, and have the address', { ownerId: null, askedBy: ME, sameAddress: true }, 'allowed'],
  ['it came with my address', { ownerId: null, askedBy: null, sameAddress: true }, 'allowed'],
  [
    'it came with an address that is not mine',
    { ownerId: null, askedBy: null, sameAddress: false },
    'rights',
  ],
  ['another asked for it', { ownerId: null, askedBy: OTHER, sameAddress: false }, 'rights'],
  ['another asked for it, with my address', { ownerId: null, askedBy: OTHER, sameAddress: true }, 'rights'],
  ['it is mine', { ownerId: ME, askedBy: ME, sameAddress: false }, 'allowed'],
  ["it is another's", { ownerId: OTHER, askedBy: ME, sameAddress: true }, 'state'],
] as const)('%s', ([, facts, expected]) => {
  const verdict = mayConnectIdentity({ memberId: ME, ...facts });
  expect(verdict.allowed ? 'allowed' : verdict.because).toBe(expected);
});

test.for([
  [mayComeBack, 10],
  [mayGoOnWith, 15],
] as const)('%o holds for %i minutes', ([rule, minutes]) => {
  expect(rule(ago(0), NOW).allowed).toBe(true);
  expect(rule(ago(minutes * MINUTE), NOW).allowed).toBe(true);
  expect(rule(ago(minutes * MINUTE + 1), NOW)).toMatchObject({ allowed: false, because: 'state' });
});
