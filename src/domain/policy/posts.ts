// Rules about posts, opening posts and replies alike: who may edit, withdraw, read, flag and hide them.
import type { MemberId } from '../ids.ts';
import { PACE, WINDOWS } from '../limits.ts';
import type { State } from '../state.ts';
import { isWithin, spellDuration } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isModerator, isSelf } from '../viewer.ts';
import { mayModerate } from './moderation.ts';
import { withinDay } from './pace.ts';
import { isTrusted } from './trust.ts';
import { mayWrite } from './writing.ts';

export interface PostFacts {
  /** Null: a former member. */
  readonly authorId: MemberId | null;
  readonly postedAt: Date;
  readonly state: State;
  /** Set below a hide or hold, too, which the state does not tell. */
  readonly withdrawnAt: Date | null;
}

type Authorship = Pick<PostFacts, 'authorId' | 'state'>;

/** Whether the viewer may change the text. Moderators change nobody's words; they hide, or blank a revision. */
export function mayEditPost(viewer: Viewer, post: PostFacts, now: Date): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed) return verdict;
  if (!isSelf(viewer, post.authorId)) return deny('Only its author can edit a post.');
  if (post.state === 'hidden') return denyForState('A moderator has hidden this post.');
  if (post.withdrawnAt !== null) return denyForState('You have withdrawn this post.');
  const window = isTrusted(viewer) ? WINDOWS.editByTrusted : WINDOWS.edit;
  if (!isWithin(window, post.postedAt, now)) {
    return denyForState(`A post can be edited for ${spellDuration(window)}. Reply to it to add something.`);
  }
  return allow;
}

/** Whether an edit now leaves no mark and no public revision. */
export function isSilentEdit(post: Pick<PostFacts, 'postedAt'>, now: Date): boolean {
  return isWithin(WINDOWS.silentEdit, post.postedAt, now);
}

/**
 * Whether the viewer may say of the post that it was written with a model, or that it was not. The first always: it only
 * tells readers more. The second as long as the post can be edited: later, others have read and answered it as that.
 */
export function mayMarkModelWritten(viewer: Viewer, post: PostFacts, marked: boolean, now: Date): Verdict {
  if (!marked) return mayEditPost(viewer, post, now);
  if (!isSelf(viewer, post.authorId)) return deny('Only its author can say how a post was written.');
  if (post.withdrawnAt !== null) return denyForState('You have withdrawn this post.');
  return allow;
}

/** Whether the viewer may withdraw the post. Always their own: not even a suspension takes that right away. */
export function mayWithdrawPost(viewer: Viewer, post: Pick<PostFacts, 'authorId' | 'withdrawnAt'>): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to withdraw what you wrote.');
  if (!isSelf(viewer, post.authorId)) return deny('Only its author can withdraw a post.');
  if (post.withdrawnAt !== null) return denyForState('You have withdrawn this post already.');
  return allow;
}

/** Whether the viewer may take a withdrawal back: it publishes again, so it needs the right to write. */
export function mayUndoWithdraw(
  viewer: Viewer,
  post: Pick<PostFacts, 'authorId' | 'withdrawnAt'>,
  now: Date,
): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed) return verdict;
  if (!isSelf(viewer, post.authorId)) return deny('Only its author can do this.');
  if (post.withdrawnAt === null) return denyForState('This post is not withdrawn.');
  if (!isWithin(WINDOWS.undoWithdraw, post.withdrawnAt, now)) {
    return denyForState(`A withdrawal can be undone for ${spellDuration(WINDOWS.undoWithdraw)}.`);
  }
  return allow;
}

/**
 * Whether the viewer may read the text: db/visibility.ts is this rule in SQL. Hidden and held texts are read by their
 * author and by moderators; withdrawn ones, whatever moderators did to them besides, by nobody.
 */
export function maySeePostText(viewer: Viewer, post: Authorship & Pick<PostFacts, 'withdrawnAt'>): Verdict {
  if (post.state === 'visible') return allow;
  const ownOrModerated = isModerator(viewer) || isSelf(viewer, post.authorId);
  if (post.state === 'held' && !ownOrModerated) return deny('There is no such post.');
  if (post.withdrawnAt !== null) return denyForState('Its author has withdrawn this post.');
  return ownOrModerated ? allow : denyForState('A moderator has hidden this post.');
}

/** Whether the viewer may read earlier texts: whoever may read the present one. Blanked revisions stay blank. */
export function maySeeHistory(viewer: Viewer, post: Authorship & Pick<PostFacts, 'withdrawnAt'>): Verdict {
  return maySeePostText(viewer, post);
}

/** Whether the viewer may erase an earlier text for everyone. For an own one there is another moderator. */
export function mayBlankRevision(
  viewer: Viewer,
  revision: { readonly authorId: MemberId | null; readonly blankedAt: Date | null },
  now: Date,
): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, revision.authorId)) return deny('This is your own text: another moderator decides.');
  return revision.blankedAt === null ? allow : denyForState('This text has been blanked already.');
}

/** Whether the viewer may hide the post. */
export function mayHidePost(viewer: Viewer, post: Authorship, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, post.authorId)) {
    return deny('Withdraw your own post instead; another moderator can hide it.');
  }
  if (post.state === 'hidden') return denyForState('This post is hidden already.');
  if (post.state === 'held') return denyForState('This post awaits approval: approve or refuse it.');
  return allow;
}

/** Whether the viewer may undo the hiding of the post; for an own one there are appeals. */
export function mayRestorePost(viewer: Viewer, post: Authorship, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (post.state !== 'hidden') return denyForState('This post is not hidden.');
  if (isSelf(viewer, post.authorId)) return deny('This is your own post: another moderator decides.');
  return allow;
}

/** Whether the viewer may decide about flags on the post: even that it stays as it is, nobody decides about their own. */
export function mayDecideFlaggedPost(viewer: Viewer, post: Pick<PostFacts, 'authorId'>, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, post.authorId)) return deny('This is your own post: another moderator decides.');
  return allow;
}

/** Whether there is somebody to warn for the post; whether the viewer may warn that member is asked besides. */
export function mayWarnAuthor(authorId: MemberId | null): Verdict {
  return authorId === null ? denyForState('Its author has left the forum: hide it.') : allow;
}

/** Whether the viewer may approve or refuse the post, which awaits it. */
export function mayDecideHeldPost(viewer: Viewer, post: Authorship, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (post.state !== 'held') return denyForState('This post does not await approval.');
  if (isSelf(viewer, post.authorId)) return deny('This is your own post: another moderator decides.');
  return allow;
}

export interface FlagFacts extends Authorship {
  /** Whether the viewer has an undecided flag on it. */
  readonly alreadyFlagged: boolean;
  /** The viewer's flags since startOfDay(now). */
  readonly flagsToday: number;
}

/** Whether the viewer may report the post to the moderators. */
export function mayFlagPost(viewer: Viewer, facts: FlagFacts, now: Date): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, facts.authorId)) return deny('This is your own post. You can edit or withdraw it.');
  if (facts.state !== 'visible') return denyForState('This post is not there for others any more.');
  if (facts.alreadyFlagged) return denyForState('You have flagged this post. A moderator will look at it.');
  return withinDay(facts.flagsToday, PACE.flagsPerDay, 'flags', now);
}
