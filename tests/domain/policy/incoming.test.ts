import { describe, expect, test } from 'vitest';
import {
  mayAddFeed,
  mayConfigureFeeds,
  mayReadFeed,
  maySeeIncoming,
} from '../../../src/domain/policy/incoming.ts';
import type { ViewerName } from '../support.ts';
import { NOT_WRITING, NOW, said, VIEWERS } from '../support.ts';

const onlyAdmins = 'rights: Only admins can do this.';

test.each<[ViewerName, string]>([
  ['visitor', 'rights: Log in to see incoming news.'],
  ['unconfirmed', 'allowed'],
  ['suspended', 'allowed'],
  ['member', 'allowed'],
  ['admin', 'allowed'],
])('%s sees incoming news: %s', (name, expected) => {
  expect(said(maySeeIncoming(VIEWERS[name]))).toBe(expected);
});

describe('feeds', () => {
  const working = { pausedAt: null };

  test.each<[ViewerName, string]>([
    ['visitor', onlyAdmins],
    ['trusted', onlyAdmins],
    ['moderator', onlyAdmins],
    ['suspendedAdmin', NOT_WRITING.suspended],
    ['admin', 'allowed'],
  ])('%s configures, adds and reads them: %s', (name, expected) => {
    expect(said(mayConfigureFeeds(VIEWERS[name], NOW))).toBe(expected);
    expect(said(mayAddFeed(VIEWERS[name], 0, NOW))).toBe(expected);
    expect(said(mayReadFeed(VIEWERS[name], working, NOW))).toBe(expected);
  });

  test('there is a most of them', () => {
    expect(said(mayAddFeed(VIEWERS.admin, 199, NOW))).toBe('allowed');
    expect(said(mayAddFeed(VIEWERS.admin, 200, NOW))).toBe(
      'state: There are 200 feeds already: remove one first.',
    );
  });

  test('a paused one is resumed before it is read', () => {
    expect(said(mayReadFeed(VIEWERS.admin, { pausedAt: NOW }, NOW))).toBe(
      'state: This feed is paused: resume it first.',
    );
  });
});
