import { describe, expect, test } from 'vitest';
import type { PostId, TopicId } from '../../../src/domain/ids.ts';
import {
  type Destination,
  mayMoveBack,
  mayMoveReply,
  mayStartMove,
  type MovedReply,
} from '../../../src/domain/policy/moves.ts';
import type { State } from '../../../src/domain/state.ts';
import type { ViewerName } from '../support.ts';
import { NOW, said, VIEWERS } from '../support.ts';

const [here, there] = [1 as TopicId, 2 as TopicId];
const [old, other] = [10 as PostId, 20 as PostId];
const reply: MovedReply = {
  ...{ topicId: here, parentId: old, isOpening: false, state: 'visible', heldAt: null, depth: 1, deepest: 3 },
};
const top: Destination = {
  ...{ topicId: there, parentId: null, parent: null },
  ...{ topicState: 'visible', topicLockedAt: null, topicMergedIntoId: null },
};
const parent = { topicId: there, depth: 4, heldAt: null, isBelow: false };
const below: Destination = { ...top, parentId: other, parent };

describe('mayStartMove', () => {
  test.each<[ViewerName, boolean, State, RegExp | string]>([
    ['visitor', false, 'visible', /^rights: /],
    ['trusted', false, 'visible', /^rights: /],
    ['moderator', false, 'visible', 'allowed'],
    ['moderator', false, 'hidden', 'allowed'],
    ['moderator', false, 'withdrawn', 'allowed'],
    ['moderator', false, 'held', /^state: .*awaits approval/],
    ['moderator', true, 'visible', /^rights: An opening post stays/],
  ])('%s, opening %s, %s: %s', (name, isOpening, state, expected) => {
    expect(said(mayStartMove(VIEWERS[name], { isOpening, state }, NOW))).toMatch(expected);
  });
});

describe('mayMoveReply', () => {
  test.each<[ViewerName, Partial<MovedReply>, Destination, RegExp | string]>([
    ['member', {}, top, /^rights: /],
    ['moderator', {}, top, 'allowed'],
    ['moderator', {}, below, 'allowed'],
    ['moderator', { state: 'hidden', heldAt: NOW }, top, 'state: This reply was never approved.'],
    ['moderator', {}, { ...top, topicMergedIntoId: here }, /^state: .*merged/],
    ['moderator', {}, { ...top, topicState: 'hidden' }, /^state: .*everybody can see/],
    ['moderator', {}, { ...top, topicLockedAt: NOW }, /^state: .*locked/],
    // Within its own topic a lock is in nobody's way.
    ['moderator', {}, { ...top, topicId: here, topicLockedAt: NOW }, 'allowed'],
    ['moderator', { parentId: null }, { ...top, topicId: here }, 'state: It stands there already.'],
    ['moderator', { parentId: null }, top, 'allowed'],
    ['moderator', {}, { ...below, parent: { ...parent, isBelow: true } }, /^state: .*below itself/],
    ['moderator', {}, { ...below, parent: { ...parent, topicId: here } }, /^state: .*another topic/],
    ['moderator', {}, { ...below, parent: { ...parent, heldAt: NOW } }, /^state: .*never approved/],
    // Two more stand below it.
    ['moderator', {}, { ...below, parent: { ...parent, depth: 57 } }, 'allowed'],
    ['moderator', {}, { ...below, parent: { ...parent, depth: 58 } }, /^state: .*at most 60 deep/],
  ])('%s, %j to %j: %s', (name, change, to, expected) => {
    expect(said(mayMoveReply(VIEWERS[name], { ...reply, ...change }, to, NOW))).toMatch(expected);
  });
});

describe('mayMoveBack', () => {
  const moved = { ...reply, movedTo: { topicId: here, parentId: old } };
  test.each<[ViewerName, Partial<typeof moved>, Destination, RegExp | string]>([
    ['member', {}, top, /^rights: /],
    ['moderator', {}, top, 'allowed'],
    ['moderator', {}, below, 'allowed'],
    ['moderator', { parentId: null }, top, /^state: .*moved on since/],
    ['moderator', { topicId: there }, top, /^state: .*moved on since/],
    ['moderator', {}, { ...top, topicState: 'hidden', topicLockedAt: NOW }, 'allowed'],
    ['moderator', {}, { ...top, topicMergedIntoId: here }, /^state: .*merged/],
    ['moderator', {}, { ...below, parent: { ...parent, topicId: here } }, /^state: .*another topic/],
  ])('%s, %j to %j: %s', (name, change, to, expected) => {
    expect(said(mayMoveBack(VIEWERS[name], { ...moved, ...change }, to, NOW))).toMatch(expected);
  });
});
