import { describe, expect, test } from 'vitest';
import {
  mayFlag,
  mayFlagMember,
  mayFlagSource,
  mayReportIllegal,
  type MemberFlagFacts,
  type SourceFlagFacts,
} from '../../../src/domain/policy/flags.ts';
import { NOT_WRITING, NOW, OTHER, said, SELF, VIEWERS, type ViewerName } from '../support.ts';

const TOO_MANY = 'pace: That was the limit of 50 flags a day. You can go on in 12 hours.';

describe('mayFlagMember', () => {
  const fresh: MemberFlagFacts = { memberId: OTHER, alreadyFlagged: false, flagsToday: 0 };

  test.each<[ViewerName, Partial<MemberFlagFacts>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['unconfirmed', {}, NOT_WRITING.unconfirmed],
    ['silenced', {}, NOT_WRITING.silenced],
    ['suspended', {}, NOT_WRITING.suspended],
    ['newcomer', {}, 'allowed'],
    ['admin', {}, 'allowed'],
    ['member', { flagsToday: 49 }, 'allowed'],
    ['member', { flagsToday: 50 }, TOO_MANY],
    ['member', { alreadyFlagged: true }, 'state: You have flagged this member. A moderator will look at it.'],
    ['member', { memberId: SELF }, 'rights: This is your own page. You can change it in the settings.'],
  ])('%s with %j: %s', (name, facts, expected) => {
    expect(said(mayFlagMember(VIEWERS[name], { ...fresh, ...facts }, NOW))).toBe(expected);
  });
});

describe('mayFlagSource', () => {
  const fresh: SourceFlagFacts = {
    addedById: OTHER,
    removed: false,
    topicState: 'visible',
    alreadyFlagged: false,
    flagsToday: 0,
  };
  const gone = 'state: This source is not there for others any more.';

  test.each<[ViewerName, Partial<SourceFlagFacts>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['unconfirmed', {}, NOT_WRITING.unconfirmed],
    ['newcomer', {}, 'allowed'],
    ['member', { addedById: null }, 'allowed'],
    ['member', { flagsToday: 50 }, TOO_MANY],
    ['member', { alreadyFlagged: true }, 'state: You have flagged this source. A moderator will look at it.'],
    [
      'member',
      { addedById: SELF },
      'rights: You added this source yourself: you can remove it, or suggest what is better about it.',
    ],
    ['member', { removed: true }, gone],
    ['moderator', { topicState: 'hidden' }, gone],
    ['member', { topicState: 'withdrawn' }, gone],
  ])('%s with %j: %s', (name, facts, expected) => {
    expect(said(mayFlagSource(VIEWERS[name], { ...fresh, ...facts }, NOW))).toBe(expected);
  });
});

test('whatever is flagged, its own rule is asked', () => {
  const soFar = { alreadyFlagged: false, flagsToday: 0 };
  const own = (subject: Parameters<typeof mayFlag>[1]) => said(mayFlag(VIEWERS.member, subject, soFar, NOW));
  expect([
    own({ kind: 'post', authorId: SELF, state: 'visible' }),
    own({ kind: 'member', memberId: SELF }),
    own({ kind: 'source', addedById: SELF, removed: false, topicState: 'visible' }),
  ]).toEqual([
    expect.stringContaining('your own post'),
    expect.stringContaining('your own page'),
    expect.stringContaining('added this source yourself'),
  ]);
});

describe('mayReportIllegal', () => {
  const gone = 'state: This post is not there for others any more.';

  test.each<[ViewerName, Partial<Parameters<typeof mayReportIllegal>[1]>, string]>([
    ['visitor', {}, 'allowed'],
    ['unconfirmed', {}, 'allowed'],
    ['silenced', {}, 'allowed'],
    ['suspended', {}, 'allowed'],
    ['moderator', {}, 'allowed'],
    ['visitor', { authorId: null }, 'allowed'],
    ['member', { authorId: SELF }, 'rights: This is your own post. You can edit or withdraw it.'],
    ['visitor', { state: 'hidden' }, gone],
    ['visitor', { state: 'withdrawn' }, gone],
    ['moderator', { state: 'held' }, gone],
  ])('%s with %j: %s', (name, post, expected) => {
    const facts = { authorId: OTHER, state: 'visible', ...post } as const;
    expect(said(mayReportIllegal(VIEWERS[name], facts))).toBe(expected);
  });
});
