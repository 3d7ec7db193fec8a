import { describe, expect, test } from 'vitest';
import type { TopicId } from '../../../src/domain/ids.ts';
import {
  mayAddSource,
  mayOfferSource,
  mayRemoveSource,
  maySayPaywall,
  takesSources,
  type SourceAtHand,
  type SourcePace,
  type TopicWithSources,
} from '../../../src/domain/policy/sources.ts';
import { DAY } from '../../../src/domain/times.ts';
import { ago, NOT_WRITING, NOW, OTHER, said, SELF, VIEWERS, type ViewerName } from '../support.ts';

const open: TopicWithSources = {
  state: 'visible',
  lockedAt: null,
  postedAt: ago(DAY),
  mergedIntoId: null,
  kind: 'link',
  sourceCount: 1,
};
const calm: SourcePace = { addedToday: 0, earlierPostsWithLink: 0, limitsInForce: true };

const OLD = 'state: Topics can be added to for 90 days. Start one that continues it.';
const LOCKED = 'state: This topic is locked: it stays as it is.';

describe('takesSources and mayOfferSource', () => {
  test.each<[Partial<TopicWithSources>, string]>([
    [{}, 'allowed'],
    [{ kind: 'text', sourceCount: 0 }, 'allowed'],
    [{ kind: 'digest', sourceCount: 0 }, 'state: A digest has its links in its text.'],
    [{ sourceCount: 19 }, 'allowed'],
    [
      { sourceCount: 20 },
      'state: A topic has up to 20 sources, and this one has them. Put the link into a reply.',
    ],
    [{ postedAt: ago(90 * DAY) }, 'allowed'],
    [{ postedAt: ago(90 * DAY + 1) }, OLD],
    [{ lockedAt: ago(1) }, LOCKED],
    [{ state: 'hidden' }, 'state: A moderator has hidden this topic.'],
    [{ state: 'held' }, 'state: This topic awaits approval. It can be added to afterwards.'],
    [{ state: 'withdrawn' }, 'state: Its author has withdrawn this topic.'],
    [{ mergedIntoId: 7 as TopicId }, 'state: This topic was merged into another one.'],
  ])('%j: %s', (topic, expected) => {
    expect(said(takesSources({ ...open, ...topic }, NOW))).toBe(expected);
    expect(said(mayOfferSource(VIEWERS.member, { ...open, ...topic }, NOW))).toBe(expected);
    expect(said(mayOfferSource(VIEWERS.moderator, { ...open, ...topic }, NOW))).toBe(expected);
  });

  test.each<ViewerName & keyof typeof NOT_WRITING>(['visitor', 'unconfirmed', 'silenced', 'suspended'])(
    'not for %s',
    (name) => {
      expect(said(mayOfferSource(VIEWERS[name], open, NOW))).toBe(NOT_WRITING[name]);
    },
  );
});

describe('mayAddSource', () => {
  const held =
    'rights: A moderator looks at your first posts with a link before others see them. Put the link into a new reply.';
  test.each<[ViewerName, Partial<SourcePace & TopicWithSources>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['member', {}, 'allowed'],
    ['member', { lockedAt: ago(1) }, LOCKED],
    ['member', { addedToday: 19 }, 'allowed'],
    [
      'member',
      { addedToday: 20 },
      'pace: That was the limit of 20 sources a day. You can go on in 12 hours.',
    ],
    ['newcomer', {}, held],
    ['newcomer', { earlierPostsWithLink: 1 }, held],
    ['newcomer', { earlierPostsWithLink: 2 }, 'allowed'],
    ['newcomer', { limitsInForce: false }, 'allowed'],
  ])('%s with %j: %s', (name, facts, expected) => {
    expect(said(mayAddSource(VIEWERS[name], { ...open, ...calm, ...facts }, NOW))).toBe(expected);
  });
});

describe('maySayPaywall', () => {
  test.each<[ViewerName, object, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['silenced', {}, NOT_WRITING.silenced],
    ['newcomer', {}, 'rights: New members cannot change sources yet.'],
    ['newcomer', { limitsInForce: false }, 'allowed'],
    ['member', {}, 'allowed'],
    ['member', { lockedAt: ago(1) }, LOCKED],
    ['member', { postedAt: ago(91 * DAY) }, OLD],
    ['member', { editedToday: 49 }, 'allowed'],
    [
      'member',
      { editedToday: 50 },
      'pace: That was the limit of 50 changes a day. You can go on in 12 hours.',
    ],
  ])('%s with %j: %s', (name, facts, expected) => {
    const all = { ...open, editedToday: 0, limitsInForce: true, ...facts };
    expect(said(maySayPaywall(VIEWERS[name], all, NOW))).toBe(expected);
  });
});

describe('mayRemoveSource', () => {
  const many = { ...open, sourceCount: 3 };
  const own: SourceAtHand = { addedById: SELF, addedAt: ago(DAY), isFirst: false };
  const only = 'state: This is the only article of the topic. Give it another address instead.';
  const notOwn = 'rights: Only who added a source and moderators remove it.';

  test.each<[ViewerName, Partial<SourceAtHand>, Partial<TopicWithSources>, string]>([
    ['visitor', {}, {}, NOT_WRITING.visitor],
    ['suspended', {}, {}, NOT_WRITING.suspended],
    ['member', {}, {}, 'allowed'],
    ['newcomer', {}, {}, 'allowed'],
    ['member', { addedById: OTHER }, {}, notOwn],
    ['member', { addedById: null }, {}, notOwn],
    ['member', { addedAt: ago(DAY + 1) }, {}, 'state: A source can be removed for 24 hours by who added it.'],
    ['trusted', { addedAt: ago(30 * DAY) }, {}, 'allowed'],
    [
      'trusted',
      { addedAt: ago(30 * DAY + 1) },
      {},
      'state: A source can be removed for 30 days by who added it.',
    ],
    ['member', { isFirst: true }, {}, 'rights: The topic was posted about this article: it stays.'],
    ['member', { isFirst: true }, { kind: 'text' }, 'allowed'],
    ['member', {}, { lockedAt: ago(1) }, LOCKED],
    ['moderator', { addedById: OTHER, addedAt: ago(300 * DAY) }, {}, 'allowed'],
    ['moderator', { addedById: OTHER }, { lockedAt: ago(1), postedAt: ago(300 * DAY) }, 'allowed'],
    ['moderator', { isFirst: true }, {}, 'allowed'],
    ['moderator', { isFirst: true }, { sourceCount: 1 }, only],
    ['moderator', {}, { state: 'hidden' }, 'state: A moderator has hidden this topic.'],
    ['moderator', {}, { sourceCount: 1, kind: 'text' }, 'allowed'],
    ['suspendedModerator', {}, {}, NOT_WRITING.suspended],
  ])('%s, %j, %j: %s', (name, source, topic, expected) => {
    const facts = { topic: { ...many, ...topic }, source: { ...own, ...source } };
    expect(said(mayRemoveSource(VIEWERS[name], facts, NOW))).toBe(expected);
  });
});
