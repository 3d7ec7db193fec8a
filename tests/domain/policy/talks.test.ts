import { expect, test } from 'vitest';
import { TALKS } from '../../../src/domain/moderation-limits.ts';
import { type AnswerFacts, mayAnswer, mayTalk, type TalkFacts } from '../../../src/domain/policy/talks.ts';
import type { ViewerName } from '../support.ts';
import { ago, NOT_WRITING, NOW, ONLY_MODERATORS, OTHER, said, SELF, VIEWERS } from '../support.ts';

const item: TalkFacts = { concernedId: OTHER, closedAt: null };
const OVER = 'state: This was decided more than 14 days ago, so nothing can be added.';

test.each<[ViewerName, Partial<TalkFacts>, boolean, string]>([
  ['visitor', {}, false, ONLY_MODERATORS],
  ['trusted', {}, true, ONLY_MODERATORS],
  ['suspendedModerator', {}, true, NOT_WRITING.suspended],
  ['moderator', {}, true, 'allowed'],
  ['admin', {}, false, 'allowed'],
  ['moderator', { concernedId: SELF }, false, 'rights: This is about you: other moderators see to it.'],
  ['moderator', { concernedId: null }, true, 'state: There is nobody to write to.'],
  ['moderator', { concernedId: null }, false, 'allowed'],
  ['moderator', { closedAt: ago(TALKS.openFor) }, true, 'allowed'],
  ['moderator', { closedAt: ago(TALKS.openFor + 1) }, false, OVER],
])('%s talks in %j (to the member: %s): %s', (name, facts, toMember, expected) => {
  expect(said(mayTalk(VIEWERS[name], { ...item, ...facts }, toMember, NOW))).toBe(expected);
});

const own: AnswerFacts = { concernedId: SELF, closedAt: null, addressed: true, messagesToday: 0 };
const NOT_YOURS = 'rights: Nobody has written to you here.';

test.each<[ViewerName, Partial<AnswerFacts>, string]>([
  ['visitor', {}, 'rights: Log in to answer.'],
  ['member', {}, 'allowed'],
  ['silenced', {}, 'allowed'],
  ['suspended', {}, 'allowed'],
  ['unconfirmed', {}, 'allowed'],
  ['member', { concernedId: OTHER }, NOT_YOURS],
  ['moderator', { concernedId: OTHER }, NOT_YOURS],
  ['member', { addressed: false }, NOT_YOURS],
  ['member', { closedAt: ago(TALKS.openFor) }, 'allowed'],
  ['member', { closedAt: ago(TALKS.openFor + 1) }, OVER],
  ['member', { messagesToday: TALKS.perDay - 1 }, 'allowed'],
  [
    'member',
    { messagesToday: TALKS.perDay },
    'pace: That was the limit of 30 messages a day. You can go on in 12 hours.',
  ],
])('%s answers %j: %s', (name, facts, expected) => {
  expect(said(mayAnswer(VIEWERS[name], { ...own, ...facts }, NOW))).toBe(expected);
});
