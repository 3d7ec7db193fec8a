// What is made of a reply is kept (docs/decisions/027): whatever is taken from there is what would be made anew.
import { expect, test } from 'vitest';
import type { MemberId, PostId } from '../../../src/domain/ids.ts';
import { arrangeThread } from '../../../src/domain/thread.ts';
import { DAY, HOUR } from '../../../src/domain/times.ts';
import { type Member, type Viewer, visitor } from '../../../src/domain/viewer.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { replyViews } from '../../../src/features/threads/pages/reply.ts';
import type { ThreadContext } from '../../../src/features/threads/pages/thread-context.ts';
import { keepRow, knownRow, type Stamped } from '../../../src/features/threads/queries/known-rows.ts';
import type { ReplyRow } from '../../../src/features/threads/queries/reply-rows.ts';
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
  ...{ modelWritten: false, withdrawnByViewer: false, stamp: '1000' },
};

/** Each is another reply, or another version of it. */
const OTHERS: Readonly<Record<string, Partial<Stamped>>> = {
  'another reply': { id: postId(8) },
  'another version': { stamp: '1001' },
  'one that is not visible': { stamp: null },
  'one whose author has left': { authorName: null, authorRole: null },
  'one whose author has another name': { authorName: 'kevin_i' },
  'one whose author has become a moderator': { authorRole: 'moderator' },
};

test('a reply that says the same is the same object', () => {
  keepRow(ROW);
  expect(knownRow({ ...ROW })).toBe(ROW);
});

test.each(Object.entries(OTHERS))('%s is not known', (_, other) => {
  keepRow(ROW);
  expect(knownRow({ ...ROW, ...other })).toBeUndefined();
});

test('what depends on who reads it is not kept', () => {
  const hidden = { ...ROW, id: postId(70), stamp: null };
  keepRow(hidden);
  expect(knownRow(hidden)).toBeUndefined();
});

test('a later version takes the place of the one before', () => {
  const later = { ...ROW, stamp: '1002', score: 3 };
  keepRow(ROW);
  keepRow(later);
  expect(knownRow(later)).toBe(later);
  expect(knownRow(ROW)).toBeUndefined();
});

test('rows stay while they are asked for, and go when many others came', () => {
  keepRow(ROW);
  const others = (from: number) => {
    for (let n = 0; n < 1_000; n += 1) keepRow({ ...ROW, id: postId(from + n) });
  };
  for (let round = 1; round < 10; round += 1) {
    others(round * 1_000);
    expect(knownRow(ROW)).toBe(ROW);
  }
  for (let round = 10; round < 14; round += 1) others(round * 1_000);
  expect(knownRow(ROW)).toBeUndefined();
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
    ...{ modelWritten: seldom(), withdrawnByViewer: seldom() },
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
    marks: new Map(
      ids.filter(seldom).map((id) => [id, { voted: seldom(), saved: seldom(), muted: seldom() }]),
    ),
    oversized: new Set(ids.filter(seldom)),
    branchHref: (id) => `/t/1?branch=${id}`,
  };
}

test('whoever looks, wherever and whenever: what is shown is what would be made for them', () => {
  let again = 0;
  const shown = new Set<object>();
  for (let round = 0; round < 6_000; round += 1) {
    const rows = ROWS.map(oneOf);
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
