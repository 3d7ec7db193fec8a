import { describe, expect, test } from 'vitest';
import {
  changesAtOnce,
  isChange,
  mayOfferSuggestion,
  maySuggest,
  type SuggestedChange,
  type SuggestionFacts,
} from '../../../src/domain/policy/suggestions.ts';
import { DAY } from '../../../src/domain/times.ts';
import { ago, NOT_WRITING, NOW, said, VIEWERS, type ViewerName } from '../support.ts';

const open: SuggestionFacts = {
  state: 'visible',
  lockedAt: null,
  postedAt: ago(DAY),
  mergedIntoId: null,
  limitsInForce: true,
};
const TRUSTED_ONLY = 'rights: Only trusted members can suggest this.';

describe('who may suggest what', () => {
  test.each<[ViewerName, SuggestedChange, string]>([
    ['visitor', 'wrapped-address', NOT_WRITING.visitor],
    ['unconfirmed', 'wrapped-address', NOT_WRITING.unconfirmed],
    ['silenced', 'title', NOT_WRITING.silenced],
    ['suspended', 'role', NOT_WRITING.suspended],
    [
      'newcomer',
      'wrapped-address',
      'rights: New members cannot give an address here yet. Put it into a reply.',
    ],
    ['newcomer', 'role', 'rights: New members cannot suggest another role yet.'],
    ['newcomer', 'title', TRUSTED_ONLY],
    ['member', 'wrapped-address', 'allowed'],
    ['member', 'role', 'allowed'],
    ['member', 'address', TRUSTED_ONLY],
    ['member', 'title', TRUSTED_ONLY],
    ['member', 'tags', TRUSTED_ONLY],
    ['trusted', 'address', 'allowed'],
    ['trusted', 'title', 'allowed'],
    ['trusted', 'tags', 'allowed'],
    ['moderator', 'title', 'allowed'],
    ['admin', 'role', 'allowed'],
    ['suspendedModerator', 'title', NOT_WRITING.suspended],
  ])('%s, %s: %s', (name, change, expected) => {
    expect(said(mayOfferSuggestion(VIEWERS[name], change, open, NOW))).toBe(expected);
  });
});

test.each<[ViewerName, Partial<SuggestionFacts>, string]>([
  ['trusted', { lockedAt: ago(1) }, 'state: This topic is locked: it stays as it is.'],
  ['moderator', { lockedAt: ago(1) }, 'allowed'],
  ['trusted', { postedAt: ago(90 * DAY) }, 'allowed'],
  [
    'trusted',
    { postedAt: ago(90 * DAY + 1) },
    'state: Topics can be added to for 90 days. Start one that continues it.',
  ],
  ['moderator', { postedAt: ago(400 * DAY) }, 'allowed'],
  ['trusted', { state: 'hidden' }, 'state: A moderator has hidden this topic.'],
  ['moderator', { state: 'hidden' }, 'state: A moderator has hidden this topic.'],
  ['moderator', { state: 'withdrawn' }, 'state: Its author has withdrawn this topic.'],
])('where: %s, %j: %s', (name, facts, expected) => {
  expect(said(mayOfferSuggestion(VIEWERS[name], 'title', { ...open, ...facts }, NOW))).toBe(expected);
});

test.each<[ViewerName, number, string]>([
  ['trusted', 29, 'allowed'],
  ['trusted', 30, 'pace: That was the limit of 30 suggestions a day. You can go on in 12 hours.'],
  ['moderator', 300, 'allowed'],
])('how often: %s after %i: %s', (name, suggestedToday, expected) => {
  expect(said(maySuggest(VIEWERS[name], 'title', { ...open, suggestedToday }, NOW))).toBe(expected);
});

test.each<[ViewerName, boolean]>([
  ['trusted', false],
  ['moderator', true],
  ['admin', true],
])('the word of %s alone changes something: %s', (name, expected) => {
  expect(changesAtOnce(VIEWERS[name])).toBe(expected);
});

test('what stands there already is no change', () => {
  expect(said(isChange('a', 'a'))).toBe('state: That is what stands there already.');
  expect(said(isChange('a', 'A'))).toBe('allowed');
});
