import { describe, expect, test } from 'vitest';
import type { AppealFacts, QueueItemFacts, ReviewFacts } from '../../../src/domain/policy/moderation.ts';
import {
  mayAppeal,
  mayClaim,
  mayDecide,
  mayReview,
  maySanction,
  maySeeQueue,
} from '../../../src/domain/policy/moderation.ts';
import { DAY, MINUTE } from '../../../src/domain/times.ts';
import type { Role } from '../../../src/domain/viewer.ts';
import type { ViewerName } from '../support.ts';
import { ago, NOT_WRITING, NOW, ONLY_MODERATORS, OTHER, said, SELF, VIEWERS } from '../support.ts';

const free: QueueItemFacts = {
  closedAt: null,
  claimedById: null,
  claimedByName: null,
  claimedUntil: null,
  version: 3,
};
const taken = { claimedById: OTHER, claimedByName: 'tomas_r', claimedUntil: ago(-MINUTE) };

describe('the queue', () => {
  test.each<[ViewerName, string]>([
    ['visitor', ONLY_MODERATORS],
    ['trusted', ONLY_MODERATORS],
    ['suspendedModerator', NOT_WRITING.suspended],
    ['moderator', 'allowed'],
    ['admin', 'allowed'],
  ])('seen by %s: %s', (name, expected) => {
    expect(said(maySeeQueue(VIEWERS[name], NOW))).toBe(expected);
  });

  test.each<[ViewerName, Partial<QueueItemFacts>, string]>([
    ['member', {}, ONLY_MODERATORS],
    ['moderator', {}, 'allowed'],
    ['moderator', taken, 'state: tomas_r is looking at this one.'],
    ['admin', taken, 'state: tomas_r is looking at this one.'],
    ['moderator', { ...taken, claimedByName: null }, 'state: Another moderator is looking at this one.'],
    ['moderator', { ...taken, claimedById: SELF }, 'allowed'],
    ['moderator', { ...taken, claimedUntil: NOW }, 'allowed'],
    ['moderator', { ...taken, claimedUntil: ago(-1) }, 'state: tomas_r is looking at this one.'],
    ['moderator', { closedAt: ago(1) }, 'state: This has been decided meanwhile.'],
  ])('%s claims %j: %s', (name, item, expected) => {
    expect(said(mayClaim(VIEWERS[name], { ...free, ...item }, NOW))).toBe(expected);
  });

  test.each<[Partial<QueueItemFacts>, number, string]>([
    [{}, 3, 'allowed'],
    [{}, 2, 'state: This has changed since you opened it. Look at what is there now, then decide.'],
    [taken, 3, 'state: tomas_r is looking at this one.'],
    [{ closedAt: ago(1) }, 2, 'state: This has been decided meanwhile.'],
  ])('%j decided as of version %d: %s', (item, seen, expected) => {
    expect(said(mayDecide(VIEWERS.moderator, { ...free, ...item }, seen, NOW))).toBe(expected);
  });
});

describe('maySanction', () => {
  test.each<[ViewerName, typeof SELF, Role, string]>([
    ['trusted', OTHER, 'member', ONLY_MODERATORS],
    ['moderator', OTHER, 'member', 'allowed'],
    ['moderator', SELF, 'moderator', 'rights: Nobody decides about themselves.'],
    ['moderator', OTHER, 'moderator', 'rights: Only an admin can do this to a moderator.'],
    ['moderator', OTHER, 'admin', 'rights: Only an admin can do this to a moderator.'],
    ['admin', OTHER, 'moderator', 'allowed'],
    ['suspendedModerator', OTHER, 'member', NOT_WRITING.suspended],
  ])('%s, member %d (%s): %s', (name, memberId, role, expected) => {
    expect(said(maySanction(VIEWERS[name], { memberId, role }, NOW))).toBe(expected);
  });
});

describe('mayAppeal', () => {
  const mine: AppealFacts = { concernsId: SELF, undone: false, appealed: false };

  test.each<[ViewerName, Partial<AppealFacts>, string]>([
    ['visitor', {}, 'rights: Sign in to appeal.'],
    ['member', {}, 'allowed'],
    ['suspended', {}, 'allowed'],
    ['member', { concernsId: OTHER }, 'rights: Only the member whom a decision concerns can appeal.'],
    ['member', { concernsId: null }, 'rights: Only the member whom a decision concerns can appeal.'],
    ['member', { undone: true }, 'state: This decision has been undone already.'],
    ['member', { appealed: true }, 'state: There has been an appeal against this decision already.'],
  ])('%s with %j: %s', (name, action, expected) => {
    expect(said(mayAppeal(VIEWERS[name], { ...mine, ...action }))).toBe(expected);
  });
});

describe('mayReview', () => {
  const decision: ReviewFacts = { actorId: OTHER, actedAt: ago(1), concernsId: null, otherModerators: true };
  const own = 'rights: You made this decision: another moderator or an admin reviews it.';

  test.each<[ViewerName, Partial<ReviewFacts>, string]>([
    ['member', {}, ONLY_MODERATORS],
    ['moderator', {}, 'allowed'],
    ['moderator', { actorId: null }, 'allowed'],
    ['moderator', { concernsId: SELF }, 'rights: Nobody decides about themselves.'],
    ['moderator', { actorId: SELF }, own],
    ['admin', { actorId: SELF, actedAt: ago(9 * DAY) }, own],
    [
      'moderator',
      { actorId: SELF, otherModerators: false, actedAt: ago(DAY - 1) },
      'state: You made this decision: review it 24 hours later.',
    ],
    ['moderator', { actorId: SELF, otherModerators: false, actedAt: ago(DAY) }, 'allowed'],
  ])('%s with %j: %s', (name, facts, expected) => {
    expect(said(mayReview(VIEWERS[name], { ...decision, ...facts }, NOW))).toBe(expected);
  });
});
