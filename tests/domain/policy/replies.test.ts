import { describe, expect, test } from 'vitest';
import type { ReplyPace, ReplyTarget } from '../../../src/domain/policy/replies.ts';
import { mayReply, mayReplyTo } from '../../../src/domain/policy/replies.ts';
import { DAY, SECOND } from '../../../src/domain/times.ts';
import type { ViewerName } from '../support.ts';
import { ago, NOT_WRITING, NOW, said, VIEWERS } from '../support.ts';

const open: ReplyTarget = {
  topicState: 'visible',
  topicLockedAt: null,
  topicPostedAt: ago(DAY),
  parentState: null,
};
const calm: ReplyPace = {
  repliesToday: 0,
  lastReplyAt: null,
  linksInBody: 0,
  mentions: 0,
  limitsInForce: true,
};

describe('mayReplyTo', () => {
  const withdrawn = 'state: Its author has withdrawn what you answer.';
  const closed =
    'state: Topics take replies for 90 days. If there is news, start a topic that continues this one.';

  test.each<[ViewerName, Partial<ReplyTarget>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['unconfirmed', {}, NOT_WRITING.unconfirmed],
    ['silenced', {}, NOT_WRITING.silenced],
    ['suspended', {}, NOT_WRITING.suspended],
    ['newcomer', {}, 'allowed'],
    ['member', {}, 'allowed'],
    ['member', { parentState: 'visible' }, 'allowed'],
    ['member', { topicPostedAt: ago(90 * DAY) }, 'allowed'],
    ['member', { topicPostedAt: ago(90 * DAY + 1) }, closed],
    ['moderator', { topicPostedAt: ago(90 * DAY + 1) }, closed],
    ['member', { topicLockedAt: ago(1) }, 'state: This topic is locked: it takes no more replies.'],
    ['moderator', { topicLockedAt: ago(1) }, 'state: This topic is locked: it takes no more replies.'],
    ['member', { topicState: 'hidden', parentState: 'visible' }, 'state: A moderator has hidden this topic.'],
    ['moderator', { topicState: 'hidden' }, 'state: A moderator has hidden this topic.'],
    ['member', { topicState: 'held' }, 'state: This topic awaits approval. It can be answered afterwards.'],
    ['member', { topicState: 'withdrawn' }, withdrawn],
    ['member', { topicState: 'withdrawn', parentState: 'visible' }, 'allowed'],
    ['member', { parentState: 'withdrawn' }, withdrawn],
    ['member', { parentState: 'hidden' }, 'state: A moderator has hidden the reply that you answer.'],
    ['moderator', { parentState: 'held' }, 'state: The reply that you answer awaits approval.'],
  ])('%s with %j: %s', (name, target, expected) => {
    expect(said(mayReplyTo(VIEWERS[name], { ...open, ...target }, NOW))).toBe(expected);
  });
});

describe('mayReply', () => {
  test.each<[ViewerName, Partial<ReplyPace>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['member', { lastReplyAt: ago(5 * SECOND) }, 'allowed'],
    ['member', { lastReplyAt: ago(5 * SECOND - 1) }, 'pace: You wrote a moment ago. Try again in 1 second.'],
    ['member', { lastReplyAt: NOW }, 'pace: You wrote a moment ago. Try again in 5 seconds.'],
    ['member', { repliesToday: 500, linksInBody: 30 }, 'allowed'],
    ['newcomer', { repliesToday: 9 }, 'allowed'],
    [
      'newcomer',
      { repliesToday: 10 },
      'pace: That was the limit of 10 replies a day. You can go on in 12 hours.',
    ],
    ['newcomer', { repliesToday: 10, limitsInForce: false }, 'allowed'],
    ['newcomer', { linksInBody: 2, mentions: 2 }, 'allowed'],
    ['newcomer', { linksInBody: 3 }, 'rights: New members can put 2 links in a post; this one has 3.'],
    ['newcomer', { mentions: 3 }, 'rights: New members can mention 2 members in a post; this one names 3.'],
  ])('%s with %j: %s', (name, pace, expected) => {
    expect(said(mayReply(VIEWERS[name], { ...open, ...calm, ...pace }, NOW))).toBe(expected);
  });

  test('what cannot be answered is said before what was too fast', () => {
    const facts = { ...open, ...calm, topicLockedAt: ago(DAY), lastReplyAt: NOW };
    expect(said(mayReply(VIEWERS.member, facts, NOW))).toBe(
      'state: This topic is locked: it takes no more replies.',
    );
  });
});
