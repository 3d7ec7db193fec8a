// One reply of a thread as the page shows it, with those below it.
import { identiconOf, type Identicon } from '../../../domain/identicon.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';
import { NESTING } from '../../../domain/limits.ts';
import type { ThreadNode } from '../../../domain/thread.ts';
import { isSelf, type Role } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { ReplyRow } from '../queries/replies.ts';
import { flagLink } from './flag-link.ts';
import { canVoteForReply, replyAbilities, type ReplyAbilities } from './reply-abilities.ts';
import { saveView, type SaveView } from './save.ts';
import { FIRST_NEW, type ThreadContext } from './thread-context.ts';
import { tombOf, type TombView } from './tomb.ts';

export interface AuthorView {
  readonly name: string;
  readonly href: string;
  readonly identicon: Identicon;
  readonly op: boolean;
  readonly moderator: boolean;
  readonly you: boolean;
}

export interface ReplyView {
  readonly anchor: string;
  readonly isNew: boolean;
  /** The first new reply of the page is marked for links that lead to it; '' on all others. */
  readonly newAnchor: string;
  /** '' on the last new reply. */
  readonly nextNewHref: string;
  /** False: folded, since it and all below it has been read. */
  readonly open: boolean;
  /** Deeper than is indented, on phones and everywhere: shown as "in reply to NAME". */
  readonly flatNarrow: boolean;
  readonly flatWide: boolean;
  /** Null: a former member, nobody is named, or one whom the viewer has muted. */
  readonly author: AuthorView | null;
  /** Who wrote what is folded for this viewer. */
  readonly muted: { readonly name: string; readonly href: string } | null;
  /** Name for the folded line and for hidden labels. */
  readonly byline: string;
  readonly posted: MomentView;
  readonly permalink: string;
  readonly edited: { readonly moment: MomentView; readonly href: string } | null;
  readonly purpose: string;
  readonly modelWritten: boolean;
  readonly foldsModelWritten: boolean;
  readonly modelHref: string;
  readonly parentHref: string;
  readonly parentName: string;
  readonly nextHref: string;
  readonly foldLabel: string;
  readonly bodyHtml: SafeHtml | '';
  /** What stands in place of the text, or above it for its author and moderators. */
  readonly tomb: TombView | null;
  readonly vote: {
    readonly href: string;
    readonly score: string;
    readonly voted: boolean;
    readonly can: boolean;
  } | null;
  readonly save: SaveView | null;
  readonly can: ReplyAbilities;
  readonly replyHref: string;
  readonly quoteHref: string;
  readonly editHref: string;
  readonly withdrawHref: string;
  readonly flagHref: string;
  /** "Flag"; "Report" for visitors, who report only what is illegal. */
  readonly flagWord: string;
  readonly hideHref: string;
  readonly restoreHref: string;
  readonly moveHref: string;
  /** Where the author of a refused reply writes it anew; '' for all others. */
  readonly againHref: string;
  readonly continued: { readonly href: string; readonly text: string } | null;
  readonly replies: readonly ReplyView[];
}

const SOMEONE_MUTED = 'someone you muted';

const PURPOSES = {
  source: 'Source',
  correction: 'Correction',
  question: 'Question',
  analysis: 'Analysis',
} as const;

export function replyViews(nodes: readonly ThreadNode<ReplyRow>[], context: ThreadContext): ReplyView[] {
  return nodes.map((node, index) => replyView(node, nodes[index + 1]?.row.id, context));
}

function replyView(
  node: ThreadNode<ReplyRow>,
  nextSibling: PostId | undefined,
  context: ThreadContext,
): ReplyView {
  const { row, below } = node;
  const parent = row.parentId === null ? undefined : context.rows.get(row.parentId);
  const byline = row.muted
    ? SOMEONE_MUTED
    : (row.authorName ?? (row.withdrawnAt ? 'Deleted reply' : 'former member'));
  const anchor = paths.postAnchor(row.id);
  return {
    anchor,
    isNew: context.news.has(row.id),
    newAnchor: context.news.keys().next().value === row.id ? FIRST_NEW : '',
    nextNewHref: nextNewHref(row.id, context),
    open: !context.folded.has(row.id),
    flatNarrow: row.depth > NESTING.indentedNarrow,
    flatWide: row.depth > NESTING.indentedWide,
    author:
      row.authorName === null || row.muted
        ? null
        : authorView(row.authorName, row.authorRole, row.authorId, context),
    muted:
      row.muted && row.authorName !== null
        ? { name: row.authorName, href: paths.member(row.authorName) }
        : null,
    byline,
    posted: momentView(row.postedAt),
    permalink: paths.post(row.id),
    edited:
      row.editedAt && !row.withdrawnAt
        ? { moment: momentView(row.editedAt), href: paths.postHistory(row.id) }
        : null,
    purpose: row.purpose && row.state === 'visible' ? PURPOSES[row.purpose] : '',
    modelWritten: row.modelWritten && row.state === 'visible',
    foldsModelWritten: context.foldsModelWritten && !isSelf(context.viewer, row.authorId),
    modelHref: paths.postModel(row.id),
    parentHref: parent
      ? `#${paths.postAnchor(parent.id)}`
      : row.parentId === null
        ? ''
        : paths.post(row.parentId),
    parentName: parent?.muted
      ? SOMEONE_MUTED
      : (parent?.authorName ?? (row.parentId === null ? '' : 'an earlier reply')),
    nextHref: nextSibling === undefined ? '' : `#${paths.postAnchor(nextSibling)}`,
    foldLabel: foldLabel(row, byline, below),
    bodyHtml: row.bodyHtml ?? '',
    tomb: tombOf(row, isSelf(context.viewer, row.authorId)),
    vote:
      row.state === 'visible'
        ? {
            href: paths.postVote(row.id),
            score: row.score.toLocaleString('en-GB'),
            voted: row.voted,
            can: canVoteForReply(row, context),
          }
        : null,
    save: saveView(context.viewer, row, `reply by ${byline}`),
    can: replyAbilities(row, context),
    replyHref: paths.postReply(row.id),
    quoteHref: paths.postReply(row.id, { quote: 1 }),
    editHref: paths.postEdit(row.id),
    withdrawHref: paths.postWithdraw(row.id),
    ...flagLink(context.viewer, row.id, context.now),
    hideHref: paths.postHide(row.id),
    restoreHref: paths.postRestore(row.id),
    moveHref: paths.postMove(row.id),
    againHref: againHref(row, context),
    continued: context.oversized.has(row.id)
      ? { href: context.branchHref(row.id), text: `${row.branchSize - 1} replies on a page of their own` }
      : null,
    replies: replyViews(node.replies, context),
  };
}

function nextNewHref(id: PostId, { news, moreNewsHref }: ThreadContext): string {
  const next = news.get(id);
  return next === undefined ? moreNewsHref : `#${paths.postAnchor(next)}`;
}

function authorView(
  name: string,
  role: Role | null,
  id: MemberId | null,
  context: Pick<ThreadContext, 'viewer' | 'topic'>,
): AuthorView {
  return {
    name,
    href: paths.member(name),
    identicon: identiconOf(name),
    op: id !== null && id === context.topic.authorId,
    moderator: role !== null && role !== 'member',
    you: isSelf(context.viewer, id),
  };
}

/** A refusal gives the text back: into a form that answers the same. */
function againHref(row: ReplyRow, { viewer, topic }: ThreadContext): string {
  const refused = row.state === 'hidden' && row.heldAt !== null && row.withdrawnAt === null;
  if (!refused || !isSelf(viewer, row.authorId)) return '';
  return paths.postReply(row.parentId ?? topic.openingPostId, { again: row.id });
}

function foldLabel(row: ReplyRow, byline: string, below: number): string {
  const who = row.withdrawnAt ? byline : `Reply by ${byline}`;
  return below === 0 ? who : `${who} and ${below} below`;
}
