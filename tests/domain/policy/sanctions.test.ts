// Who imposes and lifts sanctions, and who decides that one is for good.
import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../src/domain/ids.ts';
import {
  mayDecideBan,
  mayImpose,
  mayLift,
  mayProposeBan,
  maySeeMemberFile,
} from '../../../src/domain/policy/sanctions.ts';
import { DAY, FOREVER, HOUR } from '../../../src/domain/times.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { type Member, type Role, type Viewer, visitor } from '../../../src/domain/viewer.ts';

const NOW = new Date('2026-04-03T14:30:00Z');
const at = (ms: number) => new Date(NOW.getTime() + ms);
const SUBJECT = { memberId: 9 as MemberId, role: 'member' } as const;

function member(role: Role, id = 1, changes: Partial<Member> = {}): Member {
  return {
    kind: 'member',
    id: id as MemberId,
    name: 'somebody',
    role,
    joinedAt: at(-400 * DAY),
    confirmedAt: at(-400 * DAY),
    silencedUntil: null,
    suspendedUntil: null,
    leavingAt: null,
    trust: 'member',
    ...changes,
  };
}

const answer = (verdict: Verdict) => (verdict.allowed ? 'allowed' : verdict.because);
const people: readonly (readonly [string, Viewer, string])[] = [
  ['visitor', visitor, 'rights'],
  ['member', member('member'), 'rights'],
  ['moderator', member('moderator'), 'allowed'],
  ['suspended moderator', member('moderator', 1, { suspendedUntil: at(DAY) }), 'rights'],
  ['admin', member('admin'), 'allowed'],
  ['the member', member('moderator', 9), 'rights'],
];

describe('imposing', () => {
  test.for(people)('by %s: %s', ([, viewer, expected]) => {
    expect(answer(mayImpose(viewer, SUBJECT, { until: at(DAY), inForceUntil: null }, NOW))).toBe(expected);
  });

  test.for<readonly [string, Date | null, Date | null, string]>([
    ['a longer one', at(3 * DAY), at(DAY), 'allowed'],
    ['one as long', at(DAY), at(DAY), 'state'],
    ['a shorter one', at(HOUR), at(DAY), 'state'],
    ['one where one is for good', at(30 * DAY), FOREVER, 'state'],
    ['a warning', null, at(DAY), 'allowed'],
  ])('%s', ([, until, inForceUntil, expected]) => {
    expect(answer(mayImpose(member('moderator'), SUBJECT, { until, inForceUntil }, NOW))).toBe(expected);
  });

  test('on a moderator it is an admin who does', () => {
    const colleague = { ...SUBJECT, role: 'moderator' } as const;
    const facts = { until: null, inForceUntil: null };
    expect(answer(mayImpose(member('moderator'), colleague, facts, NOW))).toBe('rights');
    expect(answer(mayImpose(member('admin'), colleague, facts, NOW))).toBe('allowed');
  });
});

describe('lifting', () => {
  test.for(people)('by %s', ([, viewer, expected]) => {
    expect(answer(mayLift(viewer, SUBJECT, { liftedAt: null }, NOW))).toBe(expected);
  });

  test('once', () => {
    expect(answer(mayLift(member('moderator'), SUBJECT, { liftedAt: NOW }, NOW))).toBe('state');
  });
});

describe('proposing a suspension for good', () => {
  test.for(people)('by %s', ([, viewer, expected]) => {
    expect(answer(mayProposeBan(viewer, SUBJECT, { isProposed: false }, NOW))).toBe(expected);
  });

  test('once at a time', () => {
    expect(answer(mayProposeBan(member('admin'), SUBJECT, { isProposed: true }, NOW))).toBe('state');
  });
});

describe('consent to a suspension for good', () => {
  const proposed = { proposerId: 1 as MemberId, proposedAt: at(-HOUR), othersInOffice: 1 };
  test.for<readonly [string, Viewer, Partial<typeof proposed> | { proposerId: null }, string]>([
    ['another moderator', member('moderator', 2), {}, 'allowed'],
    ['an admin', member('admin', 2), {}, 'allowed'],
    ['who proposed it', member('moderator', 1), {}, 'rights'],
    ['who proposed it, long ago', member('moderator', 1), { proposedAt: at(-9 * DAY) }, 'rights'],
    ['an admin who proposed it', member('admin', 1), {}, 'rights'],
    ['who proposed it and is alone', member('moderator', 1), { othersInOffice: 0 }, 'state'],
    [
      'who proposed it and is alone, a moment before the day is over',
      member('admin', 1),
      { othersInOffice: 0, proposedAt: at(-DAY + 1) },
      'state',
    ],
    [
      'who proposed it and is alone, a day later',
      member('admin', 1),
      { othersInOffice: 0, proposedAt: at(-DAY) },
      'allowed',
    ],
    [
      'a moderator, of what somebody proposed who is gone',
      member('moderator', 1),
      { proposerId: null },
      'allowed',
    ],
    ['a member', member('member', 2), {}, 'rights'],
    ['the member', member('admin', 9), {}, 'rights'],
    ['a visitor', visitor, {}, 'rights'],
  ])('by %s', ([, viewer, changes, expected]) => {
    expect(answer(mayDecideBan(viewer, SUBJECT, { ...proposed, ...changes }, NOW))).toBe(expected);
  });
});

describe('what moderators know of a member', () => {
  test.for(people)('is seen by %s', ([, viewer, expected]) => {
    expect(answer(maySeeMemberFile(viewer, SUBJECT.memberId, NOW))).toBe(expected);
  });
});
