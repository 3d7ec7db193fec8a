import { expect, test } from 'vitest';
import { checkWord, readWord } from '../../../src/domain/following.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { FOLLOWING } from '../../../src/domain/limits.ts';
import { type FollowFacts, mayFollow } from '../../../src/domain/policy/following.ts';
import { maySave } from '../../../src/domain/policy/saves.ts';
import type { ViewerName } from '../support.ts';
import { said, VIEWERS } from '../support.ts';

const facts: FollowFacts = {
  kind: 'tag',
  level: 'all',
  aboutId: null,
  present: { all: 0, words: 0 },
};
const self = VIEWERS.member.kind === 'member' ? VIEWERS.member.id : (0 as MemberId);

test.each<[string, ViewerName, Partial<FollowFacts>, string]>([
  ['a visitor', 'visitor', {}, 'rights: Log in to follow or mute.'],
  ['unconfirmed', 'unconfirmed', {}, 'allowed'],
  ['suspended', 'suspended', { level: 'nothing' }, 'allowed'],
  ['oneself', 'member', { kind: 'member', aboutId: self }, 'rights: You cannot follow or mute yourself.'],
  ['somebody', 'member', { kind: 'member', aboutId: 99_999 as MemberId }, 'allowed'],
  ['replies of a topic', 'member', { kind: 'topic', level: 'replies' }, 'allowed'],
  [
    'replies of a tag',
    'member',
    { level: 'replies' },
    'rights: Only of a topic can you choose the replies to you.',
  ],
  ['the last thing', 'member', { present: { all: FOLLOWING.most - 1, words: 0 } }, 'allowed'],
  [
    'one too many',
    'member',
    { present: { all: FOLLOWING.most, words: 0 } },
    'state: You follow and mute 1,000 things, which is the most. Take something back first.',
  ],
  [
    'the last word',
    'member',
    { kind: 'word', present: { all: 500, words: FOLLOWING.mostWords - 1 } },
    'allowed',
  ],
  [
    'a word too many',
    'member',
    { kind: 'word', level: 'nothing', present: { all: 500, words: FOLLOWING.mostWords } },
    'state: You follow and mute 200 words, which is the most. Take one back first.',
  ],
  ['a tag beside all words', 'member', { present: { all: 500, words: FOLLOWING.mostWords } }, 'allowed'],
])('%s: %s', (_what, viewer, more, expected) => {
  expect(said(mayFollow(VIEWERS[viewer], { ...facts, ...more }))).toBe(expected);
});

test.each<[ViewerName, boolean, string]>([
  ['visitor', true, 'rights: Log in to save.'],
  ['unconfirmed', true, 'allowed'],
  ['member', true, 'allowed'],
  ['member', false, 'state: This post is not there for you to read any more.'],
])('saving as %s, readable %s: %s', (viewer, readable, expected) => {
  expect(said(maySave(VIEWERS[viewer], { readable }))).toBe(expected);
});

test.each([
  ['  Open   AI ', 'open ai', undefined],
  ['ＧＰＴ', 'gpt', undefined],
  ['ЦБ', 'цб', undefined],
  ['', '', 'Type a word, or a few that stand together.'],
  ['x', 'x', 'A word or phrase has 2 to 50 characters.'],
  ['x'.repeat(51), 'x'.repeat(51), 'A word or phrase has 2 to 50 characters.'],
  ['!!!', '!!!', 'A word has a letter or a digit.'],
])('the word "%s"', (typed, word, fault) => {
  expect(readWord(typed)).toBe(word);
  expect(checkWord(word)).toBe(fault);
});
