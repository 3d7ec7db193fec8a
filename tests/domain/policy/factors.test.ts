// Rules about what opens an account.
import { expect, test } from 'vitest';
import {
  mayChangeAccess,
  mayChangeTwoStep,
  mayTryCode,
  mayTurnOnTwoStep,
} from '../../../src/domain/policy/factors.ts';
import { MINUTE } from '../../../src/domain/times.ts';

const NOW = new Date('2026-04-03T14:30:00Z');
const ago = (length: number) => new Date(NOW.getTime() - length);

test.for([
  ['just now', ago(0), true],
  ['15 minutes ago', ago(15 * MINUTE), true],
  ['a moment earlier', ago(15 * MINUTE + 1), false],
  ['never', null, false],
] as const)('who showed that it is them %s', ([, provedAt, allowed]) => {
  expect(mayChangeAccess(provedAt, NOW).allowed).toBe(allowed);
});

test('two-step login is turned on when it is off, and changed when it is on', () => {
  expect(mayTurnOnTwoStep(null).allowed).toBe(true);
  expect(mayTurnOnTwoStep(ago(1))).toMatchObject({ allowed: false, because: 'state' });
  expect(mayChangeTwoStep(ago(1)).allowed).toBe(true);
  expect(mayChangeTwoStep(null)).toMatchObject({ allowed: false, because: 'state' });
});

test.for([
  ['the first code', 0, 1, true],
  ['the fifth', 1, 5, true],
  ['the sixth', 1, 6, false],
  ['after 10 minutes', 10 * MINUTE, 1, true],
  ['a moment later', 10 * MINUTE + 1, 1, false],
] as const)('%s', ([, passed, tries, allowed]) => {
  expect(mayTryCode({ since: ago(passed), tries }, NOW).allowed).toBe(allowed);
});
