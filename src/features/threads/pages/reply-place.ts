// Where and by whom a reply is shown: all that its part of a page depends on besides its row.
import type { PostId } from '../../../domain/ids.ts';
import type { ThreadNode } from '../../../domain/thread.ts';
import { isSelf } from '../../../domain/viewer.ts';
import { paths } from '../../../web/paths.ts';
import type { ReplyRow } from '../queries/replies.ts';
import { flagLink } from './flag-link.ts';
import { canVoteForReply, replyAbilities, type ReplyAbilities } from './reply-abilities.ts';
import { saveView, type SaveView } from './save.ts';
import { FIRST_NEW, type ThreadContext } from './thread-context.ts';

/**
 * What a reply's own part of a page is made of besides its row: it differs by viewer, by moment, and by what stands around it.
 * Texts, numbers and flags alone, since they are compared as JSON.
 */
export interface Place {
  readonly isNew: boolean;
  /** The first new reply of the page is marked for links that lead to it; '' on all others. */
  readonly newAnchor: string;
  /** '' on the last new reply. */
  readonly nextNewHref: string;
  /** False: folded, since it and all below it has been read. */
  readonly open: boolean;
  readonly byOpener: boolean;
  readonly byViewer: boolean;
  readonly foldsModelWritten: boolean;
  readonly parentHref: string;
  readonly parentName: string;
  readonly nextHref: string;
  /** How many replies stand below it. */
  readonly below: number;
  readonly canVote: boolean;
  readonly save: SaveView | null;
  readonly can: ReplyAbilities;
  readonly flagHref: string;
  /** "Flag"; "Report" for visitors, who report only what is illegal. */
  readonly flagWord: string;
  /** Where the author of a refused reply writes it anew; '' for all others. */
  readonly againHref: string;
  /** Where its branch has a page of its own; '' where it stands here. */
  readonly branchHref: string;
}

const SOMEONE_MUTED = 'someone you muted';

export function placeOf(
  { row, below }: ThreadNode<ReplyRow>,
  nextSibling: PostId | undefined,
  context: ThreadContext,
): Place {
  const { viewer, topic, now } = context;
  const parent = row.parentId === null ? undefined : context.rows.get(row.parentId);
  const byViewer = isSelf(viewer, row.authorId);
  return {
    isNew: context.news.has(row.id),
    newAnchor: context.news.keys().next().value === row.id ? FIRST_NEW : '',
    nextNewHref: nextNewHref(row.id, context),
    open: !context.folded.has(row.id),
    byOpener: row.authorId !== null && row.authorId === topic.authorId,
    byViewer,
    foldsModelWritten: context.foldsModelWritten && !byViewer,
    parentHref: parentHref(row, parent),
    parentName: parent?.muted
      ? SOMEONE_MUTED
      : (parent?.authorName ?? (row.parentId === null ? '' : 'an earlier reply')),
    nextHref: nextSibling === undefined ? '' : `#${paths.postAnchor(nextSibling)}`,
    below,
    canVote: canVoteForReply(row, context),
    save: saveView(viewer, row, `reply by ${bylineOf(row)}`),
    can: replyAbilities(row, context),
    ...flagLink(viewer, row.id, now),
    againHref: againHref(row, context),
    branchHref: context.oversized.has(row.id) ? context.branchHref(row.id) : '',
  };
}

/** Who wrote it, for the folded line and for hidden labels. */
export function bylineOf({ muted, authorName, withdrawnAt }: ReplyRow): string {
  if (muted) return SOMEONE_MUTED;
  return authorName ?? (withdrawnAt ? 'Deleted reply' : 'former member');
}

function parentHref({ parentId }: ReplyRow, parent: ReplyRow | undefined): string {
  if (parentId === null) return '';
  return parent ? `#${paths.postAnchor(parentId)}` : paths.post(parentId);
}

function nextNewHref(id: PostId, { news, moreNewsHref }: ThreadContext): string {
  const next = news.get(id);
  return next === undefined ? moreNewsHref : `#${paths.postAnchor(next)}`;
}

/** A refusal gives the text back: into a form that answers the same. */
function againHref(row: ReplyRow, { viewer, topic }: ThreadContext): string {
  const refused = row.state === 'hidden' && row.heldAt !== null && row.withdrawnAt === null;
  if (!refused || !isSelf(viewer, row.authorId)) return '';
  return paths.postReply(row.parentId ?? topic.openingPostId, { again: row.id });
}
