// What members may do with their data, as a table of cases.
import { describe, expect, test } from 'vitest';
import { mayAskForDeletion, mayKeepAccount, mayOrderExport } from '../../../src/domain/policy/own-data.ts';
import { mayAdminister } from '../../../src/domain/policy/administration.ts';
import { mayUseAddress } from '../../../src/domain/policy/members.ts';
import { mayModerate } from '../../../src/domain/policy/moderation.ts';
import { mayWrite } from '../../../src/domain/policy/writing.ts';
import { DAY, FOREVER, HOUR } from '../../../src/domain/times.ts';
import { ago, aMember, NOW } from '../support.ts';

describe('mayOrderExport', () => {
  test.each([
    ['none before', undefined, true],
    ['one of a day ago', { orderedAt: ago(DAY), state: 'ready' }, true],
    ['one of a millisecond less', { orderedAt: ago(DAY - 1), state: 'ready' }, false],
    ['one that is being made', { orderedAt: ago(HOUR), state: 'waiting' }, false],
    ['one that has waited for a day', { orderedAt: ago(DAY), state: 'waiting' }, true],
    ['one that failed just now', { orderedAt: NOW, state: 'failed' }, true],
  ] as const)('%s', (_what, last, allowed) => {
    expect(mayOrderExport(last, NOW).allowed).toBe(allowed);
  });

  test('says how long to wait', () => {
    const last = { orderedAt: ago(HOUR), state: 'ready' } as const;
    expect(mayOrderExport(last, NOW)).toMatchObject({ because: 'pace', retryAfterSeconds: 23 * 3_600 });
  });
});

describe('mayAskForDeletion', () => {
  test.each([
    ['a member', { role: 'member', dueAt: null, otherAdmins: 0 }, true],
    ['a moderator', { role: 'moderator', dueAt: null, otherAdmins: 0 }, true],
    ['an admin beside another', { role: 'admin', dueAt: null, otherAdmins: 1 }, true],
    ['the only admin', { role: 'admin', dueAt: null, otherAdmins: 0 }, false],
    ['who has asked', { role: 'member', dueAt: NOW, otherAdmins: 1 }, false],
  ] as const)('%s', (_who, facts, allowed) => {
    expect(mayAskForDeletion(facts).allowed).toBe(allowed);
  });
});

test('the account is kept until deleting has begun', () => {
  expect(mayKeepAccount(null).allowed).toBe(true);
  expect(mayKeepAccount(NOW).allowed).toBe(false);
});

test('who leaves only reads', () => {
  const leaving = aMember({ role: 'admin', leavingAt: new Date(NOW.getTime() + DAY) });
  const staying = aMember({ role: 'admin' });
  for (const may of [mayWrite, mayModerate, mayAdminister]) {
    expect(may(leaving, NOW)).toMatchObject({ allowed: false, because: 'rights' });
    expect(may(staying, NOW).allowed).toBe(true);
  }
});

test('an address is barred for as long as the sentence says', () => {
  expect(mayUseAddress(null).allowed).toBe(true);
  const reasonOf = (until: Date) => {
    const verdict = mayUseAddress(until);
    return verdict.allowed ? '' : verdict.reason;
  };
  expect(reasonOf(NOW)).toContain('until 3 April 2026, 12:00 UTC');
  expect(reasonOf(FOREVER)).toContain('for good');
});
