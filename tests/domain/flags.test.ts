import { describe, expect, test } from 'vitest';
import {
  FLAG_REASONS,
  flagAccuracy,
  flagWeight,
  itemWeight,
  opensQueueItem,
  reasonsFor,
} from '../../src/domain/flags.ts';
import { DAY } from '../../src/domain/times.ts';
import type { Role, Trust } from '../../src/domain/viewer.ts';
import { ago, NOW } from './support.ts';

describe('flagWeight', () => {
  test.each<[Role, Trust, number, number, number]>([
    ['member', 'new', 0, 0, 1],
    ['member', 'member', 0, 0, 1],
    ['member', 'trusted', 0, 0, 2],
    ['moderator', 'member', 0, 0, 5],
    ['admin', 'new', 0, 0, 5],
    ['member', 'member', 4, 0, 1],
    ['member', 'member', 5, 0, 0],
    ['member', 'member', 5, 5, 1],
    ['member', 'trusted', 10, 7, 1.4],
    ['member', 'member', 6, 4, 0.67],
    ['moderator', 'trusted', 10, 9, 4.5],
  ])('%s (%s) with %d decided, %d upheld: %d', (role, trust, flagsDecided, flagsUpheld, expected) => {
    expect(flagWeight({ role, trust, flagsDecided, flagsUpheld })).toBe(expected);
  });

  test('there is no accuracy before five flags are decided', () => {
    expect(flagAccuracy({ flagsDecided: 4, flagsUpheld: 4 })).toBeNull();
    expect(flagAccuracy({ flagsDecided: 5, flagsUpheld: 4 })).toBe(0.8);
  });
});

describe('opensQueueItem', () => {
  test.each([
    ['no flags', { totalWeight: 0, illegal: 0, oldestAt: null }, false],
    ['one member', { totalWeight: 1, illegal: 0, oldestAt: NOW }, false],
    ['nearly two', { totalWeight: 1.99, illegal: 0, oldestAt: NOW }, false],
    ['two members', { totalWeight: 2, illegal: 0, oldestAt: NOW }, true],
    ['one who says illegal, a visitor', { totalWeight: 0, illegal: 1, oldestAt: NOW }, true],
    ['one for a day', { totalWeight: 1, illegal: 0, oldestAt: ago(DAY) }, false],
    ['one for longer than a day', { totalWeight: 0.2, illegal: 0, oldestAt: ago(DAY + 1) }, true],
  ])('%s: %s', (_, flags, expected) => {
    expect(opensQueueItem(flags, NOW)).toBe(expected);
  });
});

test('reasons are a closed list', () => {
  expect(FLAG_REASONS.map(({ reason }) => reason)).toEqual([
    'spam',
    'off-topic',
    'unkind',
    'misleading',
    'generated',
    'undisclosed-interest',
    'illegal',
    'other',
  ]);
});

test.each([
  ['post', FLAG_REASONS.map(({ reason }) => reason)],
  ['member', ['spam', 'unkind', 'misleading', 'undisclosed-interest', 'illegal', 'other']],
  ['source', ['spam', 'off-topic', 'misleading', 'generated', 'undisclosed-interest', 'illegal', 'other']],
] as const)('a %s is flagged for what can be wrong with it', (kind, expected) => {
  expect(reasonsFor(kind).map(({ reason }) => reason)).toEqual(expected);
});

test.each([
  [{ totalWeight: 0, illegal: 1 }, 1_000],
  [{ totalWeight: 2.4, illegal: 2 }, 2_002.4],
  [{ totalWeight: 0.1 + 0.2, illegal: 0 }, 0.3],
])('flags of %j weigh %d in the queue', (flags, expected) => {
  expect(itemWeight(flags)).toBe(expected);
});
