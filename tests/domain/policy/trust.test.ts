import { describe, expect, test } from 'vitest';
import type { HoldFacts, TrustFacts } from '../../../src/domain/policy/trust.ts';
import {
  areNewMemberLimitsInForce,
  holdsFirstPosts,
  isTrusted,
  trustOf,
} from '../../../src/domain/policy/trust.ts';
import { DAY } from '../../../src/domain/times.ts';
import type { ViewerName } from '../support.ts';
import { ago, NOW, VIEWERS } from '../support.ts';

describe('trustOf', () => {
  const settled: TrustFacts = {
    joinedAt: ago(10 * DAY),
    topicsRead: 20,
    repliesKept: 1,
    flagsDecided: 0,
    flagsUpheld: 0,
    lastSanctionAt: null,
  };
  const old: TrustFacts = { ...settled, joinedAt: ago(50 * DAY) };

  test.each<[string, TrustFacts, string]>([
    ['all three marks reached', settled, 'member'],
    ['a millisecond too young', { ...settled, joinedAt: ago(10 * DAY - 1) }, 'new'],
    ['one topic short', { ...settled, topicsRead: 19 }, 'new'],
    ['no reply that was kept', { ...settled, repliesKept: 0 }, 'new'],
    ['fifty days', old, 'trusted'],
    ['fifty days less a millisecond', { ...old, joinedAt: ago(50 * DAY - 1) }, 'member'],
    ['fifty days without reading', { ...old, topicsRead: 19 }, 'new'],
    ['70 % of ten flags upheld', { ...old, flagsDecided: 10, flagsUpheld: 7 }, 'trusted'],
    ['69 % of a hundred', { ...old, flagsDecided: 100, flagsUpheld: 69 }, 'member'],
    ['four flags, all rejected: too few to tell', { ...old, flagsDecided: 4 }, 'trusted'],
    ['five flags, all rejected', { ...old, flagsDecided: 5 }, 'member'],
    ['a sanction a hundred days ago', { ...old, lastSanctionAt: ago(100 * DAY) }, 'member'],
    ['a sanction before that', { ...old, lastSanctionAt: ago(100 * DAY + 1) }, 'trusted'],
  ])('%s', (_, facts, expected) => {
    expect(trustOf(facts, NOW)).toBe(expected);
  });

  test.each<[ViewerName, boolean]>([
    ['visitor', false],
    ['newcomer', false],
    ['member', false],
    ['trusted', true],
    ['suspendedModerator', true],
    ['admin', true],
  ])('%s has the rights of trusted members: %s', (name, expected) => {
    expect(isTrusted(VIEWERS[name])).toBe(expected);
  });
});

describe('new members', () => {
  test.each([
    ['auto', 49, false],
    ['auto', 50, true],
    ['on', 1, true],
    ['off', 1_000_000, false],
  ] as const)('limits set to %s with %d members are in force: %s', (mode, members, expected) => {
    expect(areNewMemberLimitsInForce(mode, members)).toBe(expected);
  });

  const first: HoldFacts = { hasLink: true, earlierPostsWithLink: 0, limitsInForce: true };

  test.each<['newcomer' | 'member' | 'moderator', Partial<HoldFacts>, boolean]>([
    ['newcomer', {}, true],
    ['newcomer', { earlierPostsWithLink: 1 }, true],
    ['newcomer', { earlierPostsWithLink: 2 }, false],
    ['newcomer', { hasLink: false }, false],
    ['newcomer', { limitsInForce: false }, false],
    ['member', {}, false],
    ['moderator', {}, false],
  ])('the post of %s with %j is held: %s', (name, facts, expected) => {
    expect(holdsFirstPosts(VIEWERS[name], { ...first, ...facts })).toBe(expected);
  });

  test('moderators are not bound as new, however young their account', () => {
    expect(holdsFirstPosts({ ...VIEWERS.moderator, trust: 'new' }, first)).toBe(false);
  });
});
