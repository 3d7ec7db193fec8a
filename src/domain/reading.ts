// What is new to a member in a topic: how far they have read is one mark, and beyond it one a branch for topics that are
// longer than a page, so that what was not shown stays new. commands/note-visit.ts moves the marks, queries/unseen.ts is
// the twin of isNewTo in SQL. Marks are numbers of posts: a reply that is approved, restored or moved into the topic later, and
// is older than the mark, is told of by the list of changes, but not marked as new.
import type { PostId } from './ids.ts';
import { WINDOWS } from './limits.ts';

/** Up to which post somebody has read, and up to which they had when this visit began. */
export interface Mark {
  readonly seen: PostId;
  readonly previous: PostId;
}

/** How far a member has read in one topic. */
export interface Marks extends Mark {
  /** When the visit began. */
  readonly at: Date;
  /** All of the forum up to here counts as read. */
  readonly readUpTo: PostId;
  /** What was shown beyond the topic's own mark, by branch. */
  readonly branches: ReadonlyMap<PostId, Mark>;
}

/** A visit lasts 30 minutes from its beginning, however often the page is loaded. */
export function visitLasts(beganAt: Date, now: Date): boolean {
  return now.getTime() - beganAt.getTime() < WINDOWS.previousVisit;
}

interface PlacedReply {
  readonly id: PostId;
  readonly branchId: PostId | null;
}

/** Whether a reply is news: within a visit the marks hold with which it began, so that a reload keeps what was new marked. */
export function isNewTo(marks: Marks, now: Date): (reply: PlacedReply) => boolean {
  const mark = visitLasts(marks.at, now) ? 'previous' : 'seen';
  const upTo = Math.max(marks[mark], marks.readUpTo);
  return ({ id, branchId }) => {
    const branch = branchId === null ? undefined : marks.branches.get(branchId);
    return id > Math.max(upTo, branch?.[mark] ?? 0);
  };
}

/** What a page showed of a branch: every reply above `after`, up to `upTo`. */
export interface ShownPart {
  readonly branchId: PostId;
  readonly after: number;
  readonly upTo: PostId;
}

/** What a page showed of a topic. */
export interface Shown {
  /** All replies that there are: the page has no other one beside it. */
  readonly whole: boolean;
  readonly newest: PostId;
  readonly parts: readonly ShownPart[];
}

export interface ShownPage {
  readonly openingPostId: PostId;
  readonly rows: readonly PlacedReply[];
  /** Top-level replies whose branch has pages of its own: only they themselves were shown. */
  readonly oversized: ReadonlySet<PostId>;
  /** For a page of one branch: the last reply of the page before it, 0 on the first. */
  readonly branchAfter: number | undefined;
  /** No page of the topic goes before or after this one. */
  readonly only: boolean;
}

/** What somebody was shown who was shown this page. */
export function shownBy({ openingPostId, rows, oversized, branchAfter, only }: ShownPage): Shown {
  const parts = new Map<PostId, ShownPart>();
  for (const { id, branchId } of rows) {
    if (branchId === null) continue;
    const after = oversized.has(branchId) ? id - 1 : (branchAfter ?? 0);
    const upTo = Math.max(id, parts.get(branchId)?.upTo ?? 0) as PostId;
    parts.set(branchId, { branchId, after, upTo });
  }
  return {
    whole: only && oversized.size === 0 && branchAfter === undefined,
    newest: Math.max(openingPostId, ...rows.map(({ id }) => id)) as PostId,
    parts: [...parts.values()],
  };
}
