import { describe, expect, test } from 'vitest';
import type { TopicFacts, TopicPace } from '../../../src/domain/policy/topics.ts';
import {
  mayEditAddress,
  mayEditTitle,
  mayHideTopic,
  mayLockTopic,
  mayPinTopic,
  mayPostDigest,
  mayPostTopic,
  mayRestoreTopic,
  maySeeTopic,
  mayUnlockTopic,
  mayUnpinTopic,
  repostOf,
} from '../../../src/domain/policy/topics.ts';
import type { State } from '../../../src/domain/state.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../src/domain/times.ts';
import type { ViewerName } from '../support.ts';
import { ago, NOT_WRITING, NOW, ONLY_MODERATORS, OTHER, said, SELF, VIEWERS } from '../support.ts';

const calm: TopicPace = {
  topicsToday: 0,
  lastTopicAt: null,
  linksInBody: 0,
  mentions: 0,
  limitsInForce: true,
};

describe('mayPostTopic', () => {
  test.each<[ViewerName, Partial<TopicPace>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['unconfirmed', {}, NOT_WRITING.unconfirmed],
    ['silenced', {}, NOT_WRITING.silenced],
    ['suspended', {}, NOT_WRITING.suspended],
    ['member', {}, 'allowed'],
    ['member', { topicsToday: 19 }, 'allowed'],
    [
      'member',
      { topicsToday: 20 },
      'pace: That was the limit of 20 topics a day. You can go on in 12 hours.',
    ],
    ['member', { lastTopicAt: ago(30 * SECOND) }, 'allowed'],
    ['member', { lastTopicAt: ago(30 * SECOND - 1) }, 'pace: You wrote a moment ago. Try again in 1 second.'],
    ['member', { lastTopicAt: ago(10 * SECOND) }, 'pace: You wrote a moment ago. Try again in 20 seconds.'],
    ['member', { linksInBody: 40, mentions: 40 }, 'allowed'],
    ['newcomer', { topicsToday: 2, linksInBody: 2, mentions: 2 }, 'allowed'],
    [
      'newcomer',
      { topicsToday: 3 },
      'pace: That was the limit of 3 topics a day. You can go on in 12 hours.',
    ],
    ['newcomer', { linksInBody: 3 }, 'rights: New members can put 2 links in a post; this one has 3.'],
    ['newcomer', { mentions: 3 }, 'rights: New members can mention 2 members in a post; this one names 3.'],
    ['newcomer', { topicsToday: 3, linksInBody: 3, mentions: 3, limitsInForce: false }, 'allowed'],
    [
      'newcomer',
      { topicsToday: 20, limitsInForce: false },
      'pace: That was the limit of 20 topics a day. You can go on in 12 hours.',
    ],
    ['moderator', { linksInBody: 3 }, 'allowed'],
  ])('%s with %j: %s', (name, facts, expected) => {
    expect(said(mayPostTopic(VIEWERS[name], { ...calm, ...facts }, NOW))).toBe(expected);
  });

  test('a daily limit tells the seconds until midnight UTC, a pause those that are left of it', () => {
    const daily = mayPostTopic(VIEWERS.member, { ...calm, topicsToday: 20 }, NOW);
    expect(daily).toMatchObject({ because: 'pace', retryAfterSeconds: 12 * 60 * 60 });
    const pause = mayPostTopic(VIEWERS.member, { ...calm, lastTopicAt: ago(29.5 * SECOND) }, NOW);
    expect(pause).toMatchObject({ because: 'pace', retryAfterSeconds: 1 });
  });
});

describe('mayPostDigest', () => {
  test.each<[ViewerName, string]>([
    ['visitor', 'rights: Only moderators write digests.'],
    ['trusted', 'rights: Only moderators write digests.'],
    ['suspendedModerator', NOT_WRITING.suspended],
    ['moderator', 'allowed'],
    ['admin', 'allowed'],
  ])('%s: %s', (name, expected) => {
    expect(said(mayPostDigest(VIEWERS[name], NOW))).toBe(expected);
  });
});

describe('repostOf', () => {
  test.each([
    [0, 'refused'],
    [30 * DAY, 'refused'],
    [30 * DAY + 1, 'warned'],
    [180 * DAY, 'warned'],
    [180 * DAY + 1, 'free'],
  ])('the same address %d ms later is %s', (age, expected) => {
    expect(repostOf(ago(age), NOW)).toBe(expected);
  });
});

describe('maySeeTopic', () => {
  const hidden = 'state: A moderator has hidden this topic.';
  const withdrawn = 'state: Its author has withdrawn this topic.';
  const none = 'rights: There is no such topic.';
  const own = { authorId: SELF, othersReplied: false };
  const others = { authorId: OTHER, othersReplied: false };
  const orphaned = { authorId: null, othersReplied: false };
  const answered = { authorId: OTHER, othersReplied: true };
  const gone = 'state: The topic that this one was merged into is gone.';

  test.each<[ViewerName, State, (typeof others | typeof orphaned) & { mergedIntoState?: State }, string]>([
    ['visitor', 'visible', others, 'allowed'],
    ['suspended', 'visible', others, 'allowed'],
    ['visitor', 'hidden', answered, hidden],
    ['member', 'hidden', others, hidden],
    ['member', 'hidden', orphaned, hidden],
    ['member', 'hidden', own, 'allowed'],
    ['moderator', 'hidden', others, 'allowed'],
    ['visitor', 'withdrawn', others, withdrawn],
    ['visitor', 'withdrawn', answered, 'allowed'],
    ['member', 'withdrawn', own, 'allowed'],
    ['moderator', 'withdrawn', others, 'allowed'],
    ['visitor', 'held', others, none],
    ['visitor', 'held', answered, none],
    ['trusted', 'held', others, none],
    ['member', 'held', own, 'allowed'],
    ['moderator', 'held', others, 'allowed'],
    ['visitor', 'visible', { ...others, mergedIntoState: 'visible' }, 'allowed'],
    ['visitor', 'visible', { ...others, mergedIntoState: 'hidden' }, gone],
    ['member', 'visible', { ...others, mergedIntoState: 'withdrawn' }, gone],
    ['member', 'visible', { ...own, mergedIntoState: 'hidden' }, 'allowed'],
    ['moderator', 'visible', { ...others, mergedIntoState: 'hidden' }, 'allowed'],
    ['visitor', 'hidden', { ...others, mergedIntoState: 'visible' }, hidden],
  ])('%s, %s, %j: %s', (name, state, topic, expected) => {
    expect(said(maySeeTopic(VIEWERS[name], { mergedIntoState: null, ...topic, state }))).toBe(expected);
  });
});

const ownTopic: TopicFacts = { authorId: SELF, postedAt: ago(MINUTE), state: 'visible' };

describe('mayEditTitle', () => {
  const tooLate = 'state: A title can be changed for 30 minutes. Suggest a better one instead.';

  test.each<[ViewerName, Partial<TopicFacts>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['silenced', {}, NOT_WRITING.silenced],
    ['member', {}, 'allowed'],
    ['member', { state: 'held' }, 'allowed'],
    ['member', { postedAt: ago(30 * MINUTE) }, 'allowed'],
    ['member', { postedAt: ago(30 * MINUTE + 1) }, tooLate],
    ['trusted', { postedAt: ago(30 * MINUTE + 1) }, tooLate],
    ['member', { authorId: OTHER }, 'rights: Only its author and moderators change a topic.'],
    ['member', { authorId: null }, 'rights: Only its author and moderators change a topic.'],
    ['member', { state: 'hidden' }, 'state: A moderator has hidden this topic.'],
    ['member', { state: 'withdrawn' }, 'state: You have withdrawn this topic.'],
    ['moderator', { authorId: OTHER, postedAt: ago(365 * DAY) }, 'allowed'],
    ['suspendedModerator', { authorId: OTHER }, NOT_WRITING.suspended],
  ])('%s with %j: %s', (name, topic, expected) => {
    expect(said(mayEditTitle(VIEWERS[name], { ...ownTopic, ...topic }, NOW))).toBe(expected);
  });
});

describe('mayEditAddress', () => {
  const answered = 'state: There are replies to this article already. Suggest the other address instead.';

  test.each<[ViewerName, Partial<TopicFacts> & { replyCount?: number }, string]>([
    ['member', { postedAt: ago(60 * DAY) }, 'allowed'],
    ['member', { replyCount: 1 }, answered],
    ['member', { authorId: OTHER }, 'rights: Only its author and moderators change a topic.'],
    ['visitor', {}, NOT_WRITING.visitor],
    ['moderator', { authorId: OTHER, replyCount: 9 }, 'allowed'],
  ])('%s with %j: %s', (name, topic, expected) => {
    expect(said(mayEditAddress(VIEWERS[name], { ...ownTopic, replyCount: 0, ...topic }, NOW))).toBe(expected);
  });
});

describe('locking and pinning', () => {
  const locked = { lockedAt: ago(DAY), state: 'visible' } as const;
  const open = { lockedAt: null, state: 'visible' } as const;

  test.each([
    ['a moderator locks', mayLockTopic(VIEWERS.moderator, open, NOW), 'allowed'],
    [
      'one that awaits approval',
      mayLockTopic(VIEWERS.moderator, { ...open, state: 'held' }, NOW),
      'state: This topic awaits approval: approve or refuse it.',
    ],
    ['twice', mayLockTopic(VIEWERS.moderator, locked, NOW), 'state: This topic is locked already.'],
    ['a member locks', mayLockTopic(VIEWERS.trusted, open, NOW), ONLY_MODERATORS],
    [
      'a suspended moderator locks',
      mayLockTopic(VIEWERS.suspendedModerator, open, NOW),
      NOT_WRITING.suspended,
    ],
    ['a moderator unlocks', mayUnlockTopic(VIEWERS.moderator, locked, NOW), 'allowed'],
    [
      'unlocking what is open',
      mayUnlockTopic(VIEWERS.moderator, open, NOW),
      'state: This topic is not locked.',
    ],
    ['a member unlocks', mayUnlockTopic(VIEWERS.member, locked, NOW), ONLY_MODERATORS],
    ['a moderator pins', mayPinTopic(VIEWERS.moderator, { state: 'visible' }, NOW), 'allowed'],
    [
      'pinning what is not listed',
      mayPinTopic(VIEWERS.moderator, { state: 'withdrawn' }, NOW),
      'state: Only a topic that everybody can see is pinned.',
    ],
    ['a member pins', mayPinTopic(VIEWERS.member, { state: 'visible' }, NOW), ONLY_MODERATORS],
    ['a moderator unpins', mayUnpinTopic(VIEWERS.moderator, { pinnedUntil: ago(-HOUR) }, NOW), 'allowed'],
    [
      'a pin that is over',
      mayUnpinTopic(VIEWERS.moderator, { pinnedUntil: NOW }, NOW),
      'state: This topic is not pinned.',
    ],
    [
      'no pin',
      mayUnpinTopic(VIEWERS.moderator, { pinnedUntil: null }, NOW),
      'state: This topic is not pinned.',
    ],
    ['a member unpins', mayUnpinTopic(VIEWERS.member, { pinnedUntil: ago(-HOUR) }, NOW), ONLY_MODERATORS],
  ])('%s', (_, verdict, expected) => {
    expect(said(verdict)).toBe(expected);
  });
});

describe('hiding and restoring', () => {
  const others = { authorId: OTHER };
  const own = { authorId: SELF };

  test.each<[ViewerName, State, typeof others, string]>([
    ['member', 'visible', others, ONLY_MODERATORS],
    ['visitor', 'visible', others, ONLY_MODERATORS],
    ['suspendedModerator', 'visible', others, NOT_WRITING.suspended],
    ['moderator', 'visible', others, 'allowed'],
    ['admin', 'withdrawn', others, 'allowed'],
    ['moderator', 'visible', own, 'rights: Withdraw your own topic instead; another moderator can hide it.'],
    ['moderator', 'hidden', others, 'state: This topic is hidden already.'],
    ['moderator', 'held', others, 'state: This topic awaits approval: approve or refuse it.'],
  ])('%s hides a %s topic of %j: %s', (name, state, topic, expected) => {
    expect(said(mayHideTopic(VIEWERS[name], { ...topic, state }, NOW))).toBe(expected);
  });

  test.each<[ViewerName, State, typeof others, string]>([
    ['member', 'hidden', own, ONLY_MODERATORS],
    ['moderator', 'hidden', others, 'allowed'],
    ['moderator', 'visible', others, 'state: This topic is not hidden.'],
    ['moderator', 'hidden', own, 'rights: This is your own topic: another moderator decides.'],
  ])('%s restores a %s topic of %j: %s', (name, state, topic, expected) => {
    expect(said(mayRestoreTopic(VIEWERS[name], { ...topic, state }, NOW))).toBe(expected);
  });
});
