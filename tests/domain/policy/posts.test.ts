import { describe, expect, test } from 'vitest';
import type { FlagFacts, PostFacts } from '../../../src/domain/policy/posts.ts';
import {
  isSilentEdit,
  mayDecideFlaggedPost,
  mayDecideHeldPost,
  mayEditPost,
  mayFlagPost,
  mayHidePost,
  mayRestorePost,
  maySeeHistory,
  maySeePostText,
  mayUndoWithdraw,
  mayWithdrawPost,
} from '../../../src/domain/policy/posts.ts';
import type { State } from '../../../src/domain/state.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/times.ts';
import type { ViewerName } from '../support.ts';
import { ago, NOT_WRITING, NOW, ONLY_MODERATORS, OTHER, said, SELF, VIEWERS } from '../support.ts';

const own: PostFacts = { authorId: SELF, postedAt: ago(HOUR), state: 'visible', withdrawnAt: null };

describe('mayEditPost', () => {
  const tooLate = 'state: A post can be edited for 24 hours. Reply to it to add something.';
  const tooLateEvenSo = 'state: A post can be edited for 30 days. Reply to it to add something.';

  test.each<[ViewerName, Partial<PostFacts>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['silenced', {}, NOT_WRITING.silenced],
    ['member', {}, 'allowed'],
    ['newcomer', { state: 'held' }, 'allowed'],
    ['member', { postedAt: ago(DAY) }, 'allowed'],
    ['member', { postedAt: ago(DAY + 1) }, tooLate],
    ['newcomer', { postedAt: ago(DAY + 1) }, tooLate],
    ['trusted', { postedAt: ago(30 * DAY) }, 'allowed'],
    ['trusted', { postedAt: ago(30 * DAY + 1) }, tooLateEvenSo],
    ['moderator', { postedAt: ago(30 * DAY) }, 'allowed'],
    ['member', { authorId: OTHER }, 'rights: Only its author can edit a post.'],
    ['moderator', { authorId: OTHER }, 'rights: Only its author can edit a post.'],
    ['admin', { authorId: null }, 'rights: Only its author can edit a post.'],
    ['member', { state: 'hidden' }, 'state: A moderator has hidden this post.'],
    ['member', { state: 'withdrawn', withdrawnAt: ago(1) }, 'state: You have withdrawn this post.'],
    ['member', { state: 'held', withdrawnAt: ago(1) }, 'state: You have withdrawn this post.'],
  ])('%s with %j: %s', (name, post, expected) => {
    expect(said(mayEditPost(VIEWERS[name], { ...own, ...post }, NOW))).toBe(expected);
  });

  test('an edit is silent for five minutes after posting, and not a moment longer', () => {
    expect(isSilentEdit({ postedAt: ago(5 * MINUTE) }, NOW)).toBe(true);
    expect(isSilentEdit({ postedAt: ago(5 * MINUTE + 1) }, NOW)).toBe(false);
  });
});

describe('withdrawing', () => {
  test.each<[ViewerName, Partial<PostFacts>, string]>([
    ['visitor', {}, 'rights: Log in to withdraw what you wrote.'],
    ['member', { postedAt: ago(999 * DAY) }, 'allowed'],
    ['suspended', {}, 'allowed'],
    ['silenced', {}, 'allowed'],
    ['member', { state: 'hidden' }, 'allowed'],
    ['member', { authorId: OTHER }, 'rights: Only its author can withdraw a post.'],
    ['admin', { authorId: null }, 'rights: Only its author can withdraw a post.'],
    ['member', { state: 'hidden', withdrawnAt: ago(DAY) }, 'state: You have withdrawn this post already.'],
  ])('%s with %j: %s', (name, post, expected) => {
    expect(said(mayWithdrawPost(VIEWERS[name], { ...own, ...post }))).toBe(expected);
  });

  test.each<[ViewerName, Partial<PostFacts>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['suspended', {}, NOT_WRITING.suspended],
    ['member', { withdrawnAt: ago(10 * MINUTE) }, 'allowed'],
    ['member', { withdrawnAt: ago(10 * MINUTE + 1) }, 'state: A withdrawal can be undone for 10 minutes.'],
    ['member', { withdrawnAt: null }, 'state: This post is not withdrawn.'],
    ['moderator', { authorId: OTHER }, 'rights: Only its author can do this.'],
  ])('undone by %s with %j: %s', (name, post, expected) => {
    const withdrawn: PostFacts = { ...own, state: 'withdrawn', withdrawnAt: ago(MINUTE) };
    expect(said(mayUndoWithdraw(VIEWERS[name], { ...withdrawn, ...post }, NOW))).toBe(expected);
  });
});

describe('maySeePostText and maySeeHistory', () => {
  const hidden = 'state: A moderator has hidden this post.';
  const withdrawn = 'state: Its author has withdrawn this post.';
  const none = 'rights: There is no such post.';
  const everyone: ViewerName[] = ['visitor', 'suspended', 'newcomer', 'member', 'moderator', 'admin'];

  test.each(everyone)('%s reads visible texts and no withdrawn ones', (name) => {
    const gone = { authorId: SELF, withdrawnAt: ago(MINUTE) };
    const there = { authorId: OTHER, state: 'visible', withdrawnAt: null } as const;
    expect(said(maySeePostText(VIEWERS[name], there))).toBe('allowed');
    for (const state of ['withdrawn', 'hidden'] as const)
      expect(said(maySeePostText(VIEWERS[name], { ...gone, state })), state).toBe(withdrawn);
  });

  test.each<[ViewerName, State, PostFacts['authorId'], string]>([
    ['visitor', 'hidden', OTHER, hidden],
    ['visitor', 'hidden', null, hidden],
    ['trusted', 'hidden', OTHER, hidden],
    ['trusted', 'hidden', null, hidden],
    ['suspended', 'hidden', SELF, 'allowed'],
    ['moderator', 'hidden', OTHER, 'allowed'],
    ['visitor', 'held', OTHER, none],
    ['visitor', 'held', null, none],
    ['trusted', 'held', OTHER, none],
    ['newcomer', 'held', SELF, 'allowed'],
    ['moderator', 'held', OTHER, 'allowed'],
  ])('%s, %s post of %s: %s', (name, state, authorId, expected) => {
    const post = { authorId, state, withdrawnAt: null };
    expect(said(maySeePostText(VIEWERS[name], post))).toBe(expected);
    expect(said(maySeeHistory(VIEWERS[name], post))).toBe(expected);
  });

  test.each<[ViewerName, string]>([
    ['visitor', none],
    ['trusted', none],
    ['newcomer', none],
    ['moderator', withdrawn],
  ])('%s, held post that another has withdrawn: %s', (name, expected) => {
    const post = { authorId: OTHER, state: 'held', withdrawnAt: ago(MINUTE) } as const;
    expect(said(maySeePostText(VIEWERS[name], post))).toBe(expected);
  });
});

describe('what moderators do to posts', () => {
  test.each<[ViewerName, Partial<PostFacts>, string]>([
    ['visitor', {}, ONLY_MODERATORS],
    ['trusted', {}, ONLY_MODERATORS],
    ['suspendedModerator', {}, NOT_WRITING.suspended],
    ['moderator', {}, 'allowed'],
    ['moderator', { authorId: null }, 'allowed'],
    ['admin', { state: 'withdrawn' }, 'allowed'],
    [
      'moderator',
      { authorId: SELF },
      'rights: Withdraw your own post instead; another moderator can hide it.',
    ],
    ['moderator', { state: 'hidden' }, 'state: This post is hidden already.'],
    ['moderator', { state: 'held' }, 'state: This post awaits approval: approve or refuse it.'],
  ])('%s hides %j: %s', (name, post, expected) => {
    expect(said(mayHidePost(VIEWERS[name], { ...own, authorId: OTHER, ...post }, NOW))).toBe(expected);
  });

  test.each<[ViewerName, Partial<PostFacts>, string]>([
    ['member', { authorId: SELF }, ONLY_MODERATORS],
    ['moderator', {}, 'allowed'],
    ['moderator', { state: 'visible' }, 'state: This post is not hidden.'],
    ['moderator', { authorId: SELF }, 'rights: This is your own post: another moderator decides.'],
  ])('%s restores %j: %s', (name, post, expected) => {
    const hiddenPost: PostFacts = { ...own, authorId: OTHER, state: 'hidden' };
    expect(said(mayRestorePost(VIEWERS[name], { ...hiddenPost, ...post }, NOW))).toBe(expected);
  });

  test.each<[ViewerName, Partial<PostFacts>, string]>([
    ['trusted', {}, ONLY_MODERATORS],
    ['moderator', {}, 'allowed'],
    ['moderator', { state: 'visible' }, 'state: This post does not await approval.'],
    ['moderator', { authorId: SELF }, 'rights: This is your own post: another moderator decides.'],
  ])('%s decides about the held %j: %s', (name, post, expected) => {
    const held: PostFacts = { ...own, authorId: OTHER, state: 'held' };
    expect(said(mayDecideHeldPost(VIEWERS[name], { ...held, ...post }, NOW))).toBe(expected);
  });
});

describe('deciding about flags', () => {
  const itsOwn = 'rights: This is your own post: another moderator decides.';

  test.each<[ViewerName, Pick<PostFacts, 'authorId'>, string]>([
    ['member', { authorId: OTHER }, 'rights: Only moderators can do this.'],
    ['moderator', { authorId: OTHER }, 'allowed'],
    ['moderator', { authorId: null }, 'allowed'],
    ['moderator', { authorId: SELF }, itsOwn],
    ['admin', { authorId: SELF }, itsOwn],
  ])('%s about a post of %j: %s', (name, post, expected) => {
    expect(said(mayDecideFlaggedPost(VIEWERS[name], post, NOW))).toBe(expected);
  });

  test('a suspended moderator decides nothing', () => {
    expect(mayDecideFlaggedPost(VIEWERS.suspendedModerator, { authorId: OTHER }, NOW).allowed).toBe(false);
  });
});

describe('flagging', () => {
  const fresh: FlagFacts = { authorId: OTHER, state: 'visible', alreadyFlagged: false, flagsToday: 0 };
  const gone = 'state: This post is not there for others any more.';

  test.each<[ViewerName, Partial<FlagFacts>, string]>([
    ['visitor', {}, NOT_WRITING.visitor],
    ['unconfirmed', {}, NOT_WRITING.unconfirmed],
    ['newcomer', {}, 'allowed'],
    ['member', { flagsToday: 49 }, 'allowed'],
    ['member', { flagsToday: 50 }, 'pace: That was the limit of 50 flags a day. You can go on in 12 hours.'],
    ['member', { alreadyFlagged: true }, 'state: You have flagged this post. A moderator will look at it.'],
    ['member', { authorId: SELF }, 'rights: This is your own post. You can edit or withdraw it.'],
    ['member', { state: 'hidden' }, gone],
    ['member', { state: 'withdrawn' }, gone],
    ['moderator', { state: 'held' }, gone],
  ])('%s with %j: %s', (name, facts, expected) => {
    expect(said(mayFlagPost(VIEWERS[name], { ...fresh, ...facts }, NOW))).toBe(expected);
  });
});
