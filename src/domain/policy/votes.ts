// Who may upvote what. Votes are private, and nobody votes for themselves.
import type { MemberId } from '../ids.ts';
import { WINDOWS } from '../limits.ts';
import type { State } from '../state.ts';
import { isWithin, spellDuration } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isSelf } from '../viewer.ts';
import { mayWrite } from './writing.ts';

export interface VoteFacts {
  /** The post's author. */
  readonly authorId: MemberId | null;
  readonly state: State;
  readonly topicState: State;
  readonly topicPostedAt: Date;
}

/** Whether the viewer may upvote the post. A lock stops replies, not votes. */
export function mayVote(viewer: Viewer, post: VoteFacts, now: Date): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, post.authorId)) return deny('You cannot vote for what you wrote yourself.');
  if (post.state !== 'visible' || post.topicState === 'hidden' || post.topicState === 'held') {
    return denyForState('This post is not there for others any more.');
  }
  return votesAreOpen(post, now);
}

/** Whether the viewer may take an own vote back: as long as votes are open, whatever became of the post or of themselves. */
export function mayTakeBackVote(viewer: Viewer, post: Pick<VoteFacts, 'topicPostedAt'>, now: Date): Verdict {
  return viewer.kind === 'visitor' ? deny('Log in to take part.') : votesAreOpen(post, now);
}

function votesAreOpen({ topicPostedAt }: Pick<VoteFacts, 'topicPostedAt'>, now: Date): Verdict {
  if (isWithin(WINDOWS.vote, topicPostedAt, now)) return allow;
  return denyForState(`Votes are open for ${spellDuration(WINDOWS.vote)} after a topic is posted.`);
}
