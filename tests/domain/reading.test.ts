// What is new, and what a page shows, as tables.
import { expect, test } from 'vitest';
import type { PostId } from '../../src/domain/ids.ts';
import { isNewTo, type Marks, shownBy } from '../../src/domain/reading.ts';
import { MINUTE } from '../../src/domain/times.ts';

const id = (n: number) => n as PostId;
const BEGAN = new Date('2026-04-03T12:00:00Z');
const after = (minutes: number) => new Date(BEGAN.getTime() + minutes * MINUTE);

const marks = (changes: Partial<Marks> = {}): Marks => ({
  seen: id(50),
  previous: id(30),
  at: BEGAN,
  readUpTo: id(0),
  branches: new Map(),
  ...changes,
});
const branches = new Map([[id(10), { seen: id(70), previous: id(60) }]]);

test.for([
  ['within the visit, the mark from before it holds', 5, marks(), 31, true],
  ['and what lies below it is read', 5, marks(), 30, false],
  ['after the visit, what it showed is read', 30, marks(), 31, false],
  ['after the visit, the mark is where it ended', 30, marks(), 51, true],
  ['a branch is read as far as it was shown', 30, marks({ branches }), 70, false],
  ['and no further', 30, marks({ branches }), 71, true],
  ['a branch within the visit', 29, marks({ branches }), 61, true],
  ['a branch within the visit, read before', 29, marks({ branches }), 60, false],
  ['all was marked as read', 30, marks({ readUpTo: id(80) }), 80, false],
  ['all was marked as read, but what came since', 5, marks({ readUpTo: id(80) }), 81, true],
] as const)('%s', ([, minutes, given, reply, expected]) => {
  expect(isNewTo(given, after(minutes))({ id: id(reply), branchId: id(10) })).toBe(expected);
});

test('a mark of one branch says nothing of another', () => {
  expect(isNewTo(marks({ branches }), after(30))({ id: id(60), branchId: id(11) })).toBe(true);
});

const rows = [
  { id: id(3), branchId: id(3) },
  { id: id(9), branchId: id(3) },
  { id: id(7), branchId: id(7) },
];
const page = { openingPostId: id(1), rows, oversized: new Set<PostId>(), branchAfter: undefined, only: true };
const part = (branchId: number, from: number, upTo: number) => ({ branchId, after: from, upTo });

test.for([
  ['the only page shows the whole topic', page, true, 9, [part(3, 0, 9), part(7, 0, 7)]],
  ['one of several shows whole branches', { ...page, only: false }, false, 9, [part(3, 0, 9), part(7, 0, 7)]],
  ['nothing but the topic itself', { ...page, rows: [] }, true, 1, []],
  [
    'of a branch with pages of its own only its beginning',
    { ...page, oversized: new Set([id(7)]) },
    false,
    9,
    [part(3, 0, 9), part(7, 6, 7)],
  ],
  [
    'a later page of one branch',
    { ...page, rows: rows.slice(0, 2), branchAfter: 2 },
    false,
    9,
    [part(3, 2, 9)],
  ],
] as const)('%s', ([, given, whole, newest, parts]) => {
  expect(shownBy(given)).toEqual({ whole, newest, parts });
});
