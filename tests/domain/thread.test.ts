import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PostId } from '../../src/domain/ids.ts';
import type { ReplySort, ThreadNode, ThreadRow } from '../../src/domain/thread.ts';
import { arrangeThread, placeReply, REPLY_SORTS, sortByTime } from '../../src/domain/thread.ts';

function row(id: number, parentId: number | null = null, depth = 0, bestRank = 0): ThreadRow {
  return { id, parentId, depth, bestRank };
}

/** The tree on one line: 1(2(3) 4). */
function drawn(nodes: readonly ThreadNode<ThreadRow>[]): string {
  return nodes
    .map(({ row: { id }, replies }) => (replies.length > 0 ? `${id}(${drawn(replies)})` : String(id)))
    .join(' ');
}

/** All nodes, parents first. */
function everyNode(nodes: readonly ThreadNode<ThreadRow>[]): ThreadNode<ThreadRow>[] {
  const found = [...nodes];
  for (const node of found) found.push(...node.replies);
  return found;
}

describe('arrangeThread', () => {
  const rows = [
    row(1, null, 0, 0.2),
    row(2, 1, 1, 0.1),
    row(3, null, 0, 0.5),
    row(4, 1, 1, 0.4),
    row(5, 4, 2),
    row(6, null, 0, 0.2),
  ];

  test.each<[ReplySort, string]>([
    ['best', '3 1(4(5) 2) 6'],
    ['new', '6 3 1(4(5) 2)'],
    ['old', '1(2 4(5)) 3 6'],
  ])('%s', (sort, expected) => {
    expect(drawn(arrangeThread(rows, { sort }))).toBe(expected);
  });

  test('counts what stands below each reply', () => {
    const nodes = everyNode(arrangeThread(rows, { sort: 'old' }));
    expect(Object.fromEntries(nodes.map(({ row: { id }, below }) => [id, below]))).toEqual({
      1: 3,
      2: 0,
      3: 0,
      4: 1,
      5: 0,
      6: 0,
    });
  });

  test('keeps the rows themselves, whatever else they carry', () => {
    const rich = { ...row(1), text: 'Hello' };
    expect(arrangeThread([rich], { sort: 'best' })[0]?.row).toBe(rich);
  });

  test('a branch shown by itself stands at the top, and so does a reply whose parent is missing', () => {
    const branch = [row(7, 3, 4), row(8, 7, 5), row(9, 99, 6)];
    expect(drawn(arrangeThread(branch, { sort: 'old' }))).toBe('7(8) 9');
  });

  test('damaged rows that answer each other are shown, not lost', () => {
    expect(drawn(arrangeThread([row(1, 2, 1), row(2, 1, 1), row(3, 3, 0)], { sort: 'old' }))).toBe('1 2 3');
    expect(drawn(arrangeThread([row(1, 2, 2), row(2, 1, 1)], { sort: 'old' }))).toBe('2(1)');
  });

  test('a chain of ten thousand and twenty thousand siblings need no stack', () => {
    const chain = Array.from({ length: 10_000 }, (_, i) => row(i + 1, i === 0 ? null : i, i));
    expect(arrangeThread(chain, { sort: 'best' })[0]?.below).toBe(9_999);
    const siblings = Array.from({ length: 20_000 }, (_, i) => row(i + 2, 1, 1));
    expect(arrangeThread([row(1), ...siblings], { sort: 'new' })[0]?.below).toBe(20_000);
  });

  const anyRows = fc.uniqueArray(
    fc.record({
      id: fc.integer({ min: 1, max: 60 }),
      parentId: fc.option(fc.integer({ min: 1, max: 60 })),
      depth: fc.integer({ min: 0, max: 6 }),
      bestRank: fc.constantFrom(0, 0.25, 0.5),
    }),
    { selector: ({ id }) => id, maxLength: 40 },
  );

  test('whatever the rows: each is there once, counts are right, and the order of arrival means nothing', () => {
    fc.assert(
      fc.property(anyRows, fc.constantFrom(...REPLY_SORTS), (given, sort) => {
        const tree = arrangeThread(given, { sort });
        const nodes = everyNode(tree);
        expect(nodes.map((node) => node.row.id).sort((a, b) => a - b)).toEqual(
          given.map(({ id }) => id).sort((a, b) => a - b),
        );
        for (const node of nodes) expect(node.below).toBe(everyNode(node.replies).length);
        expect(drawn(arrangeThread([...given].reverse(), { sort }))).toBe(drawn(tree));
      }),
    );
  });
});

describe('placeReply', () => {
  const [top, middle] = [10 as PostId, 20 as PostId];

  test('a reply to the topic begins a branch', () => {
    expect(placeReply(null)).toEqual({ parentId: null, branchId: null, depth: 0 });
  });

  test('a reply to a reply stands below it, in its branch', () => {
    const parent = { id: middle, parentId: top, branchId: top, depth: 59 };
    expect(placeReply(parent)).toEqual({ parentId: middle, branchId: top, depth: 60 });
  });

  test('below the deepest level it stands beside what it answers', () => {
    const parent = { id: middle, parentId: top, branchId: top, depth: 60 };
    expect(placeReply(parent)).toEqual({ parentId: top, branchId: top, depth: 60 });
  });
});

describe('sorting what another forum listed', () => {
  const at = (hour: number) => new Date(Date.UTC(2026, 3, 3, hour));
  const sorted = (replies: { name: string; parent: number | null; postedAt: Date }[]) =>
    sortByTime(replies)?.map(({ name, parent }) => [name, parent]);

  test('it is by time, and parents keep being found', () => {
    expect(
      sorted([
        { name: 'answer', parent: 1, postedAt: at(12) },
        { name: 'early', parent: null, postedAt: at(9) },
        { name: 'late', parent: null, postedAt: at(11) },
      ]),
    ).toEqual([
      ['early', null],
      ['late', null],
      ['answer', 0],
    ]);
  });

  test('a reply stands behind the one it answers, though a clock was wrong', () => {
    expect(
      sorted([
        { name: 'answered at ten', parent: 1, postedAt: at(10) },
        { name: 'written at noon', parent: null, postedAt: at(12) },
        { name: 'at eleven', parent: null, postedAt: at(11) },
      ]),
    ).toEqual([
      ['at eleven', null],
      ['written at noon', null],
      ['answered at ten', 1],
    ]);
  });

  test('a circle, or an answer to nothing, has no order', () => {
    const circle = [1, 2, 0].map((parent) => ({ parent, postedAt: at(9) }));
    expect(sortByTime(circle)).toBeUndefined();
    expect(sortByTime([{ parent: 0, postedAt: at(9) }])).toBeUndefined();
    expect(sortByTime([{ parent: 7, postedAt: at(9) }])).toBeUndefined();
  });

  test('whatever is listed: every reply once, each behind its parent, else by time', () => {
    const list = fc.array(fc.record({ chance: fc.nat(), hour: fc.integer({ min: 0, max: 20 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(list, (made) => {
        const replies = made.map(({ chance, hour }, index) => ({
          was: index,
          parent: chance % (index + 1) === 0 ? null : (chance % (index + 1)) - 1,
          postedAt: at(hour),
        }));
        const order = sortByTime(replies)!;
        expect(order.map(({ was }) => was).sort((a, b) => a - b)).toEqual(replies.map(({ was }) => was));
        for (const [place, { was, parent }] of order.entries()) {
          const before = replies[was]!.parent;
          expect(parent === null ? null : order[parent]!.was).toBe(before);
          if (parent !== null) expect(parent).toBeLessThan(place);
        }
        const tops = order.filter(({ parent }) => parent === null).map(({ postedAt }) => postedAt.getTime());
        expect(tops).toEqual(tops.toSorted((a, b) => a - b));
      }),
    );
  });
});
