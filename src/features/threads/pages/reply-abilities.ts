// What a viewer can do with a reply: every button asks the rules.
import { mayStartMove } from '../../../domain/policy/moves.ts';
import {
  mayEditPost,
  mayHidePost,
  mayMarkModelWritten,
  mayRestorePost,
  mayUndoWithdraw,
  mayWithdrawPost,
} from '../../../domain/policy/posts.ts';
import { mayReplyTo, takesReplies } from '../../../domain/policy/replies.ts';
import { mayVote } from '../../../domain/policy/votes.ts';
import { isSelf, type Viewer } from '../../../domain/viewer.ts';
import type { ReplyRow } from '../queries/reply-rows.ts';
import { maySave } from './save.ts';
import type { ThreadContext } from './thread-context.ts';

export interface ReplyAbilities {
  readonly vote: boolean;
  readonly save: boolean;
  readonly reply: boolean;
  readonly edit: boolean;
  readonly withdraw: boolean;
  readonly undoWithdraw: boolean;
  /** Where the form of an edit does not offer it (any more). */
  readonly markModel: boolean;
  readonly flag: boolean;
  readonly hide: boolean;
  readonly restore: boolean;
  readonly move: boolean;
}

/** Visitors are shown the button: it leads them to log in. */
function mayVoteFor(row: ReplyRow, { viewer, topic, now }: ThreadContext): boolean {
  if (viewer.kind === 'visitor') return true;
  return mayVote(
    viewer,
    { authorId: row.authorId, state: row.state, topicState: topic.state, topicPostedAt: topic.countsFrom },
    now,
  ).allowed;
}

/** The row of a withdrawn reply does not say whose it was; that it was the viewer's own, it says them. */
function mayTakeBack({ withdrawnAt }: ReplyRow, viewer: Viewer, now: Date): boolean {
  const authorId = viewer.kind === 'member' ? viewer.id : null;
  return mayUndoWithdraw(viewer, { authorId, withdrawnAt }, now).allowed;
}

/** The buttons of a reply. */
export function replyAbilities(row: ReplyRow, context: ThreadContext): ReplyAbilities {
  const { viewer, topic, now } = context;
  const target = {
    topicState: topic.state,
    topicLockedAt: topic.lockedAt,
    topicPostedAt: topic.countsFrom,
    parentState: row.state,
  };
  const edit = mayEditPost(viewer, row, now).allowed;
  return {
    vote: mayVoteFor(row, context),
    save: maySave(viewer, row),
    reply: (viewer.kind === 'visitor' ? takesReplies(target, now) : mayReplyTo(viewer, target, now)).allowed,
    edit,
    markModel: !edit && !row.modelWritten && mayMarkModelWritten(viewer, row, true, now).allowed,
    withdraw: mayWithdrawPost(viewer, row).allowed,
    undoWithdraw: row.withdrawnByViewer && mayTakeBack(row, viewer, now),
    flag: !isSelf(viewer, row.authorId) && row.state === 'visible',
    hide: mayHidePost(viewer, row, now).allowed,
    restore: mayRestorePost(viewer, row, now).allowed,
    move: mayStartMove(viewer, { isOpening: false, state: row.state }, now).allowed,
  };
}
