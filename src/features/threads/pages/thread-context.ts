// What the topic and the page say about every reply on it: which are new, and which are folded.
import type { MemberId, PostId } from '../../../domain/ids.ts';
import { isNewTo, type Marks } from '../../../domain/reading.ts';
import type { State } from '../../../domain/state.ts';
import type { ThreadNode } from '../../../domain/thread.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import { marksOf, type RepliesMarks, type ReplyRow } from '../queries/reply-rows.ts';
import type { TopicVisit } from '../queries/visit.ts';

/** The anchor of the first new reply of a page. */
export const FIRST_NEW = 'new';

export interface ThreadContext {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly topic: {
    readonly authorId: MemberId | null;
    readonly openingPostId: PostId;
    readonly state: State;
    readonly lockedAt: Date | null;
    readonly countsFrom: Date;
  };
  /** Whether what models wrote is folded for this viewer, but for their own. */
  readonly foldsModelWritten: boolean;
  /** The new replies in display order, each with the next one. */
  readonly news: ReadonlyMap<PostId, PostId | undefined>;
  /** Where the first new reply stands that is on none of this page's places; '' when there is none. */
  readonly moreNewsHref: string;
  /** Replies that are shown as one line, with all below them. */
  readonly folded: ReadonlySet<PostId>;
  readonly rows: ReadonlyMap<PostId, ReplyRow>;
  readonly marks: RepliesMarks;
  readonly oversized: ReadonlySet<PostId>;
  /** Address of a page that shows one branch. */
  readonly branchHref: (branch: PostId) => string;
}

export interface NewsFacts {
  readonly viewer: Viewer;
  readonly now: Date;
  readonly visit: TopicVisit | null;
  readonly marks: RepliesMarks;
  /** Asked for by the address: replies after this one are new. */
  readonly since: number | undefined;
}

/** The new replies of a page in display order, each with the one after it; none where nobody knows what was read. */
export function newsOf(
  nodes: readonly ThreadNode<ReplyRow>[],
  { viewer, now, visit, marks, since }: NewsFacts,
): ReadonlyMap<PostId, PostId | undefined> {
  const isNew =
    since !== undefined
      ? ({ id }: ReplyRow) => id > since
      : visit
        ? isNewTo(readMarks(visit), now)
        : () => false;
  const ids = inOrder(nodes)
    .filter((row) => row.state === 'visible' && !isSelf(viewer, row.authorId) && isNew(row))
    .filter(({ id }) => !marksOf(marks, id).muted)
    .map(({ id }) => id);
  return new Map(ids.map((id, index) => [id, ids[index + 1]]));
}

function inOrder(nodes: readonly ThreadNode<ReplyRow>[]): ReplyRow[] {
  return nodes.flatMap(({ row, replies }) => [row, ...inOrder(replies)]);
}

function readMarks({ at, readUpTo, seen, previous, branches }: TopicVisit): Marks {
  return {
    at: new Date(at),
    ...{ readUpTo, seen, previous },
    branches: new Map(
      branches.map(([id, ...[ofSeen, ofPrevious]]) => [id, { seen: ofSeen, previous: ofPrevious }]),
    ),
  };
}

/** Where a branch, or a part of one, begins that holds no news: it is folded as a whole. */
export function withoutNews(
  nodes: readonly ThreadNode<ReplyRow>[],
  news: ReadonlyMap<PostId, unknown>,
): ReadonlySet<PostId> {
  const holding = new Set<PostId>();
  const look = ({ row, replies }: ThreadNode<ReplyRow>): boolean => {
    const below = replies.map(look).includes(true);
    if (below || news.has(row.id)) holding.add(row.id);
    return holding.has(row.id);
  };
  nodes.forEach(look);
  const folded = new Set<PostId>();
  const fold = ({ row, replies }: ThreadNode<ReplyRow>): void => {
    if (holding.has(row.id)) replies.forEach(fold);
    else folded.add(row.id);
  };
  nodes.forEach(fold);
  return folded;
}
