import { describe, expect, test } from 'vitest';
import type { TopicId } from '../../../src/domain/ids.ts';
import {
  mayMergeTopics,
  mayStartMerge,
  mayUnmergeTopic,
  type MergeFacts,
} from '../../../src/domain/policy/merges.ts';
import type { State } from '../../../src/domain/state.ts';
import type { ViewerName } from '../support.ts';
import { NOW, said, VIEWERS } from '../support.ts';

const topic: MergeFacts = { id: 1 as TopicId, state: 'visible', mergedIntoId: null, tookOthers: false };
const into: MergeFacts = { ...topic, id: 2 as TopicId };
const unseen = 'state: Only topics that everybody can see are merged.';
const merged = 'state: One of these topics was merged into another one already.';
const chain =
  'state: Other topics were merged into the one that would go. Let that one stay, or undo those merges first.';

describe('mayMergeTopics', () => {
  test.each<[ViewerName, Partial<MergeFacts>, Partial<MergeFacts>, RegExp | string]>([
    ['visitor', {}, {}, /^rights: /],
    ['trusted', {}, {}, /^rights: /],
    ['moderator', {}, {}, 'allowed'],
    ['admin', {}, {}, 'allowed'],
    ['moderator', {}, { id: topic.id }, 'state: This is one and the same topic.'],
    ['moderator', { state: 'hidden' }, {}, unseen],
    ['moderator', { state: 'held' }, {}, unseen],
    ['moderator', {}, { state: 'withdrawn' }, unseen],
    ['moderator', { mergedIntoId: into.id }, {}, merged],
    ['moderator', {}, { mergedIntoId: 3 as TopicId }, merged],
    ['moderator', { tookOthers: true }, {}, chain],
    ['moderator', {}, { tookOthers: true }, 'allowed'],
  ])('%s, %j into %j: %s', (name, one, other, expected) => {
    const verdict = said(mayMergeTopics(VIEWERS[name], { ...topic, ...one }, { ...into, ...other }, NOW));
    if (typeof expected === 'string') expect(verdict).toBe(expected);
    else expect(verdict).toMatch(expected);
  });
});

describe('mayStartMerge', () => {
  test.each<[ViewerName, State, boolean]>([
    ['member', 'visible', false],
    ['moderator', 'visible', true],
    ['moderator', 'hidden', false],
    ['moderator', 'held', false],
  ])('%s, a %s topic: %s', (name, state, expected) => {
    expect(mayStartMerge(VIEWERS[name], { state }, NOW).allowed).toBe(expected);
  });
});

describe('mayUnmergeTopic', () => {
  test.each<[ViewerName, TopicId | null, boolean]>([
    ['visitor', into.id, false],
    ['trusted', into.id, false],
    ['moderator', into.id, true],
    ['moderator', null, false],
  ])('%s, merged into %s: %s', (name, mergedIntoId, expected) => {
    expect(mayUnmergeTopic(VIEWERS[name], { mergedIntoId }, NOW).allowed).toBe(expected);
  });
});
