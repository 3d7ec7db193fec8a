import { describe, expect, test } from 'vitest';
import { ACTION_KINDS, ACTIONS } from '../../../src/domain/actions.ts';
import { isAppealable, isMailed, TOLD_KINDS } from '../../../src/domain/appeals.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { APPEALS } from '../../../src/domain/moderation-limits.ts';
import {
  type AppealDecisionFacts,
  type AppealFacts,
  mayAppeal,
  mayDecideAppeal,
  mayReadDecision,
  mayWithdrawAppeal,
} from '../../../src/domain/policy/appeals.ts';
import { HOUR } from '../../../src/domain/times.ts';
import type { ViewerName } from '../support.ts';
import { ago, aMember, NOT_WRITING, NOW, ONLY_MODERATORS, OTHER, said, SELF, VIEWERS } from '../support.ts';

describe('which decisions', () => {
  test('whatever can be appealed is told, and by mail', () => {
    const appealable = ACTION_KINDS.filter(isAppealable);
    expect(appealable.filter((kind) => !TOLD_KINDS.includes(kind) || !isMailed(kind))).toEqual([]);
    expect(appealable).toHaveLength(15);
  });

  test.each([
    'keep',
    'note',
    'propose-ban',
    'decline-ban',
    'ban-domain',
    'watch',
    'change-settings',
  ] as const)('%s is told to nobody', (kind) => {
    expect([TOLD_KINDS.includes(kind), isMailed(kind)]).toEqual([false, false]);
  });

  test('what undoes something that can be appealed is mailed, where it is an action of its own', () => {
    const undoing = ACTION_KINDS.filter(isAppealable).flatMap((kind) => ACTIONS[kind].undoneBy ?? []);
    expect(undoing.filter((kind) => !isMailed(kind))).toEqual(['approve']);
  });
});

test.each<[ViewerName, boolean, string]>([
  ['member', true, 'allowed'],
  ['suspended', true, 'allowed'],
  ['member', false, ONLY_MODERATORS],
  ['moderator', false, 'allowed'],
  ['suspendedModerator', false, NOT_WRITING.suspended],
  ['suspendedModerator', true, 'allowed'],
])('%s reads a decision that concerns them (%s): %s', (name, concerned, expected) => {
  expect(said(mayReadDecision(VIEWERS[name], concerned, NOW))).toBe(expected);
});

const hidden: AppealFacts = {
  concerned: true,
  kind: 'hide',
  at: ago(HOUR),
  undone: false,
  appellantId: null,
};

test.each<[ViewerName, Partial<AppealFacts>, string]>([
  ['visitor', {}, 'rights: Log in to appeal.'],
  ['member', {}, 'allowed'],
  ['unconfirmed', {}, 'allowed'],
  ['silenced', {}, 'allowed'],
  ['suspended', {}, 'allowed'],
  ['moderator', {}, 'allowed'],
  ['member', { concerned: false }, 'rights: Only those whom a decision concerns can appeal against it.'],
  ['member', { kind: 'approve' }, 'state: This decision takes nothing from you: there is no appeal.'],
  ['member', { kind: 'uphold' }, 'state: This decision takes nothing from you: there is no appeal.'],
  ['member', { undone: true }, 'state: This decision has been undone.'],
  ['member', { appellantId: SELF }, 'state: You have appealed against this decision.'],
  [
    'member',
    { appellantId: OTHER },
    'state: Somebody else whom it concerns has appealed. The outcome holds for all.',
  ],
  ['member', { at: ago(APPEALS.within) }, 'allowed'],
  [
    'member',
    { at: ago(APPEALS.within + 1) },
    'state: An appeal was possible for six months, until 3 April 2026, 11:59 UTC.',
  ],
])('%s appeals against %j: %s', (name, facts, expected) => {
  expect(said(mayAppeal(VIEWERS[name], { ...hidden, ...facts }, NOW))).toBe(expected);
});

test('whoever leaves keeps the account first', () => {
  expect(mayAppeal(aMember({ leavingAt: ago(-HOUR) }), hidden, NOW).allowed).toBe(false);
});

test.each([
  [SELF, {}, 'allowed'],
  [OTHER, {}, 'rights: Only those who have appealed can take it back.'],
  [SELF, { decided: true }, 'state: This appeal has been decided.'],
  [SELF, { undone: true }, 'state: This appeal has been decided.'],
])('the appeal of %s, %j, is taken back: %s', (appellantId, facts, expected) => {
  const open = { appellantId, decided: false, undone: false, ...facts };
  expect(said(mayWithdrawAppeal(VIEWERS.member, open))).toBe(expected);
});

const THIRD = 3 as MemberId;
const open: AppealDecisionFacts = {
  ...{ appellantId: THIRD, decided: false, undone: false, concerned: false },
  ...{ actorId: OTHER, openedAt: ago(HOUR), othersInOffice: true },
};
const YOURS = 'You made this decision';

test.each<[ViewerName, Partial<AppealDecisionFacts>, string]>([
  ['visitor', {}, ONLY_MODERATORS],
  ['trusted', {}, ONLY_MODERATORS],
  ['suspendedModerator', {}, NOT_WRITING.suspended],
  ['moderator', {}, 'allowed'],
  ['admin', {}, 'allowed'],
  // Automatic ones, and those of former moderators, are anybody's.
  ['moderator', { actorId: null }, 'allowed'],
  ['moderator', { actorId: SELF }, `rights: ${YOURS}: another moderator decides the appeal.`],
  ['admin', { actorId: SELF }, `rights: ${YOURS}: another moderator decides the appeal.`],
  [
    'moderator',
    { actorId: SELF, othersInOffice: false },
    `state: ${YOURS}. Since nobody else is in office, you can decide the appeal yourself after a day: wait until 4 April 2026, 11:00 UTC.`,
  ],
  ['moderator', { actorId: SELF, othersInOffice: false, openedAt: ago(APPEALS.alone) }, 'allowed'],
  ['moderator', { othersInOffice: false }, 'allowed'],
  ['moderator', { appellantId: SELF }, 'rights: This is about you: somebody else decides.'],
  ['admin', { concerned: true }, 'rights: This is about you: somebody else decides.'],
  ['moderator', { decided: true }, 'state: This appeal has been decided.'],
  ['moderator', { undone: true }, 'state: The decision was undone meanwhile: nothing is left to decide.'],
])('%s decides the appeal %j: %s', (name, facts, expected) => {
  expect(said(mayDecideAppeal(VIEWERS[name], { ...open, ...facts }, NOW))).toBe(expected);
});
