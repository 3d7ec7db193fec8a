import { describe, expect, test } from 'vitest';
import type { MemberId } from '../../../src/domain/ids.ts';
import { mayReverse, mayUndo, type UndoFacts } from '../../../src/domain/policy/undoing.ts';
import type { ViewerName } from '../support.ts';
import { NOW, said, VIEWERS } from '../support.ts';

const self = VIEWERS.moderator.id;
const another = (self + 1) as MemberId;
const hide: UndoFacts = {
  kind: 'hide',
  undone: false,
  actorId: another,
  concernedId: (self + 2) as MemberId,
};

describe('mayUndo', () => {
  test.each<[ViewerName, Partial<UndoFacts>, RegExp | string]>([
    ['visitor', {}, /^rights: /],
    ['trusted', {}, /^rights: /],
    ['suspendedModerator', {}, /^rights: /],
    ['moderator', {}, 'allowed'],
    ['moderator', { actorId: self }, 'allowed'],
    ['moderator', { actorId: null, concernedId: null }, 'allowed'],
    ['moderator', { undone: true }, 'state: It has been undone already.'],
    ['moderator', { concernedId: self }, /^rights: This is about you/],
    // What one did to one's own topic, one can take back.
    ['moderator', { kind: 'lock', concernedId: self, actorId: self }, 'allowed'],
    ['moderator', { kind: 'keep' }, /^state: Nothing undoes this/],
    ['moderator', { kind: 'blank-revision' }, /^state: Nothing undoes this/],
    ['moderator', { kind: 'clear-profile' }, /^state: Nothing undoes this/],
    ['moderator', { kind: 'lift' }, /^state: Nothing undoes this/],
    ['admin', { kind: 'change-role' }, /^state: .*under Administration/],
    ['moderator', { kind: 'propose-ban' }, /^state: .*in the queue/],
  ])('%s, %j: %s', (name, change, expected) => {
    expect(said(mayUndo(VIEWERS[name], { ...hide, ...change }, NOW))).toMatch(expected);
  });
});

describe('mayReverse', () => {
  test.each<[ViewerName, boolean, RegExp | string]>([
    ['member', true, /^rights: /],
    ['moderator', true, 'allowed'],
    [
      'moderator',
      false,
      'state: The title has been changed again since. Change it by hand, if it is wrong now.',
    ],
  ])('%s, still there %s: %s', (name, stands, expected) => {
    expect(said(mayReverse(VIEWERS[name], { what: 'The title', stands }, NOW))).toMatch(expected);
  });
});
