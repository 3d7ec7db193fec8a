// One reply of a thread as the page shows it, with those below it.
import { withRule } from '../../../domain/actions.ts';
import { identiconOf, type Identicon } from '../../../domain/identicon.ts';
import type { MemberId, PostId } from '../../../domain/ids.ts';
import { NESTING } from '../../../domain/limits.ts';
import { mayStartMove } from '../../../domain/policy/moves.ts';
import {
  mayEditPost,
  mayHidePost,
  mayMarkModelWritten,
  mayRestorePost,
  mayWithdrawPost,
} from '../../../domain/policy/posts.ts';
import { mayReplyTo, takesReplies } from '../../../domain/policy/replies.ts';
import { mayVote } from '../../../domain/policy/votes.ts';
import type { State } from '../../../domain/state.ts';
import type { ThreadNode } from '../../../domain/thread.ts';
import { isSelf, type Role, type Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import { momentView, type MomentView } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { ReplyRow } from '../queries/replies.ts';
import type { HideNotice } from '../queries/blanks.ts';
import { flagLink } from './flag-link.ts';

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
  readonly nextNewHref: string;
  /** Deeper than is indented, on phones and everywhere: shown as "in reply to NAME". */
  readonly flatNarrow: boolean;
  readonly flatWide: boolean;
  readonly author: AuthorView | null;
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
  readonly tomb: {
    readonly text: string;
    readonly logHref: string;
    /** For its author: the reasons of the decision, and how to appeal; else ''. */
    readonly decisionHref: string;
  } | null;
  readonly vote: {
    readonly href: string;
    readonly score: string;
    readonly voted: boolean;
    readonly can: boolean;
  } | null;
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

export interface ReplyAbilities {
  readonly reply: boolean;
  readonly edit: boolean;
  readonly withdraw: boolean;
  /** Where the form of an edit does not offer it (any more). */
  readonly markModel: boolean;
  readonly flag: boolean;
  readonly hide: boolean;
  readonly restore: boolean;
  readonly move: boolean;
}

/** What the topic and the page say about every reply on it. */
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
  /** Replies with a higher id are new to this viewer; undefined: nothing is marked. */
  readonly newAfter: number | undefined;
  /** Whether what models wrote is folded for this viewer, but for their own. */
  readonly foldsModelWritten: boolean;
  /** For each new reply, the next one in display order. */
  readonly nextNew: ReadonlyMap<PostId, PostId>;
  readonly rows: ReadonlyMap<PostId, ReplyRow>;
  readonly oversized: ReadonlySet<PostId>;
  /** Address of a page that shows one branch. */
  readonly branchHref: (branch: PostId) => string;
}

const PURPOSES = {
  source: 'Source',
  correction: 'Correction',
  question: 'Question',
  analysis: 'Analysis',
} as const;

export function replyViews(nodes: readonly ThreadNode<ReplyRow>[], context: ThreadContext): ReplyView[] {
  return nodes.map((node, index) => replyView(node, nodes[index + 1]?.row.id, context));
}

type NewFacts = Pick<ThreadContext, 'viewer' | 'newAfter'>;

/** Ids of the new replies on the page in display order: what "next new" walks through. */
export function newReplies(nodes: readonly ThreadNode<ReplyRow>[], facts: NewFacts): PostId[] {
  return nodes.flatMap((node) => [
    ...(isNewTo(node.row, facts) ? [node.row.id] : []),
    ...newReplies(node.replies, facts),
  ]);
}

function isNewTo(row: ReplyRow, { viewer, newAfter }: NewFacts): boolean {
  return (
    newAfter !== undefined && row.id > newAfter && row.state === 'visible' && !isSelf(viewer, row.authorId)
  );
}

function replyView(
  node: ThreadNode<ReplyRow>,
  nextSibling: PostId | undefined,
  context: ThreadContext,
): ReplyView {
  const { row, below } = node;
  const parent = row.parentId === null ? undefined : context.rows.get(row.parentId);
  const byline = row.authorName ?? (row.withdrawnAt ? 'Deleted reply' : 'former member');
  const anchor = paths.postAnchor(row.id);
  return {
    anchor,
    isNew: isNewTo(row, context),
    nextNewHref: `#${paths.postAnchor(context.nextNew.get(row.id) ?? row.id)}`,
    flatNarrow: row.depth > NESTING.indentedNarrow,
    flatWide: row.depth > NESTING.indentedWide,
    author:
      row.authorName === null ? null : authorView(row.authorName, row.authorRole, row.authorId, context),
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
    parentName: parent?.authorName ?? (row.parentId === null ? '' : 'an earlier reply'),
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
            can: canVote(row, context),
          }
        : null,
    can: abilities(row, context),
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

/**
 * Hidden text is not repeated; the reason is, since everybody may know it.
 * @param own whether the viewer wrote it
 */
export function tombOf(
  {
    state,
    hide,
    withdrawnAt,
  }: { readonly state: State; readonly hide: HideNotice | null; readonly withdrawnAt: Date | null },
  own: boolean,
): ReplyView['tomb'] {
  if (state === 'hidden') {
    return {
      text: `Hidden by a moderator: ${hide ? withRule(hide.reason, hide.rule).replace(/[.\s]+$/, '') : 'see the log'}.`,
      logHref: paths.moderationLog(),
      decisionHref: own && hide ? paths.decision(hide.id) : '',
    };
  }
  // What its author took back before anybody approved it awaits nothing.
  if (state === 'held' && withdrawnAt === null)
    return {
      text: 'Awaiting approval by a moderator. Until then only you and the moderators see it.',
      logHref: '',
      decisionHref: '',
    };
  if (withdrawnAt !== null) return { text: 'Deleted by its author.', logHref: '', decisionHref: '' };
  return null;
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

/** Visitors are shown the button: it leads them to log in. */
function canVote(row: ReplyRow, { viewer, topic, now }: ThreadContext): boolean {
  if (viewer.kind === 'visitor') return true;
  return mayVote(
    viewer,
    { authorId: row.authorId, state: row.state, topicState: topic.state, topicPostedAt: topic.countsFrom },
    now,
  ).allowed;
}

function abilities(row: ReplyRow, { viewer, topic, now }: ThreadContext): ReplyAbilities {
  const target = {
    topicState: topic.state,
    topicLockedAt: topic.lockedAt,
    topicPostedAt: topic.countsFrom,
    parentState: row.state,
  };
  const edit = mayEditPost(viewer, row, now).allowed;
  return {
    reply: (viewer.kind === 'visitor' ? takesReplies(target, now) : mayReplyTo(viewer, target, now)).allowed,
    edit,
    markModel: !edit && !row.modelWritten && mayMarkModelWritten(viewer, row, true, now).allowed,
    withdraw: mayWithdrawPost(viewer, row).allowed,
    flag: !isSelf(viewer, row.authorId) && row.state === 'visible',
    hide: mayHidePost(viewer, row, now).allowed,
    restore: mayRestorePost(viewer, row, now).allowed,
    move: mayStartMove(viewer, { isOpening: false, state: row.state }, now).allowed,
  };
}
