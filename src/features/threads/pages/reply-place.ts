// Where and by whom a reply is shown: all that its part of a page depends on besides its row.
import type { PostId } from '../../../domain/ids.ts';
import type { ThreadNode } from '../../../domain/thread.ts';
import { isSelf } from '../../../domain/viewer.ts';
import { marksOf, type ReplyRow } from '../queries/reply-rows.ts';
import { onlyReports } from './flag-link.ts';
import { replyAbilities, type ReplyAbilities } from './reply-abilities.ts';
import type { ThreadContext } from './thread-context.ts';

/**
 * What a reply's own part of a page is made of besides its row: it differs by viewer, by moment, and by what stands around it.
 * Asked for every reply of every page, and compared: texts, numbers and flags, of which nothing has to be made first.
 */
export interface Place {
  readonly isNew: boolean;
  /** The first new reply of the page is marked for links that lead to it. */
  readonly isFirstNew: boolean;
  /** The next new reply of the page; null on all that are not new, and on the last one. */
  readonly nextNew: PostId | null;
  /** Where the first new reply stands that is elsewhere, on the last one of the page; else ''. */
  readonly moreNewsHref: string;
  readonly voted: boolean;
  readonly saved: boolean;
  /** Whether the viewer has muted its author. */
  readonly muted: boolean;
  /** False: folded, since it and all below it has been read. */
  readonly open: boolean;
  readonly byOpener: boolean;
  readonly byViewer: boolean;
  readonly foldsModelWritten: boolean;
  /** Whether what it answers stands on the page. */
  readonly hasParentHere: boolean;
  readonly parentName: string;
  /** The reply beside it that comes next; null on the last one. */
  readonly next: PostId | null;
  /** How many replies stand below it. */
  readonly below: number;
  readonly can: ReplyAbilities;
  readonly onlyReports: boolean;
  /** What the author of a refused reply answers anew; null for all others. */
  readonly againUnder: PostId | null;
  /** Where its branch has a page of its own; '' where it stands here. */
  readonly branchHref: string;
}

const SOMEONE_MUTED = 'someone you muted';

export function placeOf(
  { row, below }: ThreadNode<ReplyRow>,
  next: PostId | undefined,
  context: ThreadContext,
): Place {
  const { viewer, topic, now, news, marks } = context;
  const { id, parentId, authorId } = row;
  const { voted, saved, muted } = marksOf(marks, id);
  const byViewer = isSelf(viewer, authorId);
  const isNew = news.has(id);
  const nextNew = news.get(id) ?? null;
  const parent = parentId === null ? undefined : context.rows.get(parentId);
  return {
    isNew,
    isFirstNew: isNew && news.keys().next().value === id,
    nextNew,
    moreNewsHref: isNew && nextNew === null ? context.moreNewsHref : '',
    voted,
    saved,
    muted,
    open: !context.folded.has(id),
    byOpener: authorId !== null && authorId === topic.authorId,
    byViewer,
    foldsModelWritten: context.foldsModelWritten && !byViewer,
    hasParentHere: parent !== undefined,
    parentName: parentName(row, parent, context),
    next: next ?? null,
    below,
    can: replyAbilities(row, context),
    onlyReports: onlyReports(viewer, now),
    againUnder: againUnder(row, context),
    branchHref: context.oversized.has(id) ? context.branchHref(id) : '',
  };
}

/** Who wrote it, for the folded line and for hidden labels. */
export function bylineOf({ authorName, withdrawnAt }: ReplyRow, muted: boolean): string {
  if (muted) return SOMEONE_MUTED;
  return authorName ?? (withdrawnAt ? 'Deleted reply' : 'former member');
}

function parentName({ parentId }: ReplyRow, parent: ReplyRow | undefined, { marks }: ThreadContext): string {
  if (parentId === null) return '';
  if (marksOf(marks, parentId).muted) return SOMEONE_MUTED;
  return parent?.authorName ?? 'an earlier reply';
}

/** A refusal gives the text back: into a form that answers the same. */
function againUnder(row: ReplyRow, { viewer, topic }: ThreadContext): PostId | null {
  const refused = row.state === 'hidden' && row.heldAt !== null && row.withdrawnAt === null;
  return refused && isSelf(viewer, row.authorId) ? (row.parentId ?? topic.openingPostId) : null;
}
