// What is made of a reply is kept (docs/decisions/027): whatever is taken from there is what would be made anew.
import { expect, test } from 'vitest';
import type { MemberId, PostId } from '../../../src/domain/ids.ts';
import { arrangeThread } from '../../../src/domain/thread.ts';
import { DAY, HOUR } from '../../../src/domain/times.ts';
import { type Member, type Viewer, visitor } from '../../../src/domain/viewer.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { replyViews } from '../../../src/features/threads/pages/reply.ts';
import type { ThreadContext } from '../../../src/features/threads/pages/thread-context.ts';
import { knownRows } from '../../../src/features/threads/queries/known-rows.ts';
import type { ReplyRow } from '../../../src/features/threads/queries/replies.ts';
import { randomFrom } from '../../bench/made-up/random.ts';

const NOW = new Date('2026-04-03T12:00:00Z');
const before = (ms: number) => new Date(NOW.getTime() - ms);
const memberId = (id: number) => id as MemberId;
const postId = (id: number) => id as PostId;

const ROW: ReplyRow = {
  ...{ id: postId(7), parentId: null, branchId: postId(7), depth: 0, branchSize: 1, bestRank: 0.2 },
  ...{ authorId: memberId(3), authorName: 'kevin_h', authorRole: 'member' },
  ...{ postedAt: before(2 * HOUR), editedAt: null, state: 'visible', withdrawnAt: null, heldAt: null },
  ...{ bodyHtml: '<p>One.</p>' as SafeHtml, hide: null, score: 2, purpose: null },
  ...{ modelWritten: false, voted: false, saved: false, muted: false, withdrawnByViewer: false },
};

const OTHERS: { readonly [Name in keyof ReplyRow]: ReplyRow[Name] } = {
  ...{ id: postId(8), parentId: postId(6), branchId: postId(6), depth: 1, branchSize: 2, bestRank: 0.3 },
  ...{ authorId: null, authorName: 'kevin_i', authorRole: 'moderator' },
  ...{ postedAt: before(HOUR), editedAt: before(HOUR), state: 'hidden', withdrawnAt: NOW, heldAt: NOW },
  ...{ bodyHtml: '<p>Two.</p>' as SafeHtml, score: 3, purpose: 'source' },
  ...{ modelWritten: true, voted: true, saved: true, muted: true, withdrawnByViewer: true },
  hide: { id: 4, reason: 'Advertising', rule: 2 } as unknown as ReplyRow['hide'],
};

const [known] = knownRows([structuredClone(ROW)]);

test('a row that says the same is the same object', () => {
  expect(knownRows([structuredClone(ROW)])[0]).toBe(known);
});

test.each(Object.keys(OTHERS) as (keyof ReplyRow)[])('a row with another %s is another', (name) => {
  const other = { ...structuredClone(ROW), [name]: OTHERS[name] };
  const [shown] = knownRows([other]);
  expect(shown).not.toBe(known);
  expect(shown).toEqual(other);
  expect(knownRows([structuredClone(ROW)])[0]).toBe(known);
});

test('rows go when many others came, and come again', () => {
  const [row] = knownRows([{ ...ROW, score: 77 }]);
  knownRows(Array.from({ length: 10_000 }, (_, n) => ({ ...ROW, id: postId(1_000 + n) })));
  const again = { ...ROW, score: 77 };
  expect(knownRows([again])[0]).toBe(again);
  expect(again).not.toBe(row);
});

const random = randomFrom(27);
const oneOf = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)]!;
const seldom = () => random() < 0.2;

function someViewer(): Viewer {
  if (seldom()) return visitor;
  const member: Member = {
    ...{ kind: 'member', id: memberId(oneOf([1, 2, 3])), name: 'you', trust: oneOf(['new', 'trusted']) },
    ...{ role: oneOf(['member', 'member', 'moderator', 'admin']), joinedAt: before(400 * DAY) },
    ...{ confirmedAt: seldom() ? null : before(400 * DAY), leavingAt: null },
    ...{ silencedUntil: seldom() ? new Date(NOW.getTime() + DAY) : null, suspendedUntil: null },
  };
  return member;
}

function someRow(index: number): ReplyRow {
  const authorId = oneOf([1, 2, 3, null]);
  return {
    ...ROW,
    id: postId(index + 1),
    ...(index > 0 && seldom() ? {} : { parentId: index > 0 ? postId(index) : null, depth: index }),
    authorId: authorId === null ? null : memberId(authorId),
    authorName: authorId === null ? null : `member_${authorId}`,
    authorRole: oneOf(['member', 'moderator']),
    editedAt: seldom() ? before(HOUR) : null,
    state: oneOf(['visible', 'visible', 'visible', 'hidden', 'held']),
    withdrawnAt: seldom() ? before(HOUR) : null,
    heldAt: seldom() ? before(HOUR) : null,
    score: oneOf([1, 2]),
    purpose: oneOf([null, 'source']),
    ...{ modelWritten: seldom(), voted: seldom(), saved: seldom(), muted: seldom() },
    withdrawnByViewer: seldom(),
  };
}

/** A few of each, so that the same come again beside others. */
const VIEWERS = Array.from({ length: 12 }, someViewer);
const ROWS = [0, 1, 2].map((index) => Array.from({ length: 5 }, () => someRow(index)));

function someContext(rows: readonly ReplyRow[]): ThreadContext {
  const ids = rows.map(({ id }) => id);
  const news = ids.filter(seldom);
  return {
    viewer: oneOf(VIEWERS),
    now: oneOf([NOW, new Date(NOW.getTime() + 40 * DAY)]),
    topic: {
      authorId: memberId(2),
      openingPostId: postId(900),
      state: oneOf(['visible', 'visible', 'hidden']),
      lockedAt: seldom() ? before(HOUR) : null,
      countsFrom: before(DAY),
    },
    foldsModelWritten: seldom(),
    news: new Map(news.map((id, index) => [id, news[index + 1]])),
    moreNewsHref: oneOf(['', '/p/99']),
    folded: new Set(ids.filter(seldom)),
    rows: new Map(rows.map((row) => [row.id, row])),
    oversized: new Set(ids.filter(seldom)),
    branchHref: (id) => `/t/1?branch=${id}`,
  };
}

test('whoever looks, wherever and whenever: what is shown is what would be made for them', () => {
  let again = 0;
  const shown = new Set<object>();
  for (let round = 0; round < 6_000; round += 1) {
    const rows = knownRows(ROWS.map((alike) => structuredClone(oneOf(alike))));
    const context = someContext(rows);
    const views = replyViews(arrangeThread(rows, { sort: 'old' }), context);
    const fresh = structuredClone(rows);
    const made = replyViews(arrangeThread(fresh, { sort: 'old' }), {
      ...context,
      rows: new Map(fresh.map((row) => [row.id, row])),
    });
    expect(views).toEqual(made);
    for (const { itself } of views) {
      if (shown.has(itself)) again += 1;
      shown.add(itself);
    }
  }
  // Or nothing would have been kept, and the comparison would say nothing.
  expect(again).toBeGreaterThan(100);
});
