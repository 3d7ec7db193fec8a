import { describe, expect, test } from 'vitest';
import type { VoteFacts } from '../../../src/domain/policy/votes.ts';
import { mayTakeBackVote, mayVote } from '../../../src/domain/policy/votes.ts';
import { DAY } from '../../../src/domain/times.ts';
import type { ViewerName } from '../support.ts';
import { ago, NOT_WRITING, NOW, OTHER, said, SELF, VIEWERS } from '../support.ts';

const reply: VoteFacts = {
  authorId: OTHER,
  state: 'visible',
  topicState: 'visible',
  topicPostedAt: ago(DAY),
};
const over = 'state: Votes are open for 30 days after a topic is posted.';
const gone = 'state: This post is not there for others any more.';

describe('mayVote', () => {
  test.each<[ViewerName, Partial<VoteFacts>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['unconfirmed', {}, NOT_WRITING.unconfirmed],
    ['silenced', {}, NOT_WRITING.silenced],
    ['suspended', {}, NOT_WRITING.suspended],
    ['newcomer', {}, 'allowed'],
    ['member', {}, 'allowed'],
    ['moderator', {}, 'allowed'],
    ['member', { authorId: null }, 'allowed'],
    ['member', { authorId: SELF }, 'rights: You cannot vote for what you wrote yourself.'],
    ['admin', { authorId: SELF }, 'rights: You cannot vote for what you wrote yourself.'],
    ['member', { topicPostedAt: ago(30 * DAY) }, 'allowed'],
    ['member', { topicPostedAt: ago(30 * DAY + 1) }, over],
    ['member', { state: 'hidden' }, gone],
    ['moderator', { state: 'held' }, gone],
    ['member', { state: 'withdrawn' }, gone],
    ['member', { topicState: 'hidden' }, gone],
    ['member', { topicState: 'held' }, gone],
    ['member', { topicState: 'withdrawn' }, 'allowed'],
  ])('%s with %j: %s', (name, post, expected) => {
    expect(said(mayVote(VIEWERS[name], { ...reply, ...post }, NOW))).toBe(expected);
  });
});

describe('mayTakeBackVote', () => {
  test.each<[ViewerName, Date, string]>([
    ['visitor', ago(DAY), 'rights: Log in to take part.'],
    ['suspended', ago(30 * DAY), 'allowed'],
    ['member', ago(30 * DAY + 1), over],
  ])('%s, topic of %s: %s', (name, topicPostedAt, expected) => {
    expect(said(mayTakeBackVote(VIEWERS[name], { topicPostedAt }, NOW))).toBe(expected);
  });
});
