import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../src/domain/ids.ts';
import type { QueueItemFacts } from '../../../src/domain/policy/moderation.ts';
import {
  mayClaim,
  mayDecide,
  maySanction,
  mayModerate,
  mayTakeUp,
} from '../../../src/domain/policy/moderation.ts';
import { MINUTE } from '../../../src/domain/times.ts';
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
    expect(said(mayModerate(VIEWERS[name], NOW))).toBe(expected);
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

  test.each<[ViewerName, MemberId | null, string]>([
    ['member', null, ONLY_MODERATORS],
    ['moderator', null, 'allowed'],
    ['moderator', OTHER, 'allowed'],
    ['moderator', SELF, 'rights: This is about you: another moderator decides.'],
    ['admin', SELF, 'rights: This is about you: another moderator decides.'],
  ])('%s takes up an item that concerns %s: %s', (name, concernedId, expected) => {
    expect(said(mayTakeUp(VIEWERS[name], { ...free, concernedId }, NOW))).toBe(expected);
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
