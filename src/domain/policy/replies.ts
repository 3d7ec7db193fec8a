// Who may reply to what.
import { NEW_MEMBER, PACE, WINDOWS } from '../limits.ts';
import type { State } from '../state.ts';
import { isWithin, spellDuration } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, denyForState, firstDenial } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { spacedBy, withinDay } from './pace.ts';
import type { BodyFacts } from './trust.ts';
import { isLimitedAsNew, mayUseLinksAndMentions } from './trust.ts';
import { mayWrite } from './writing.ts';

/** What a reply would answer. */
export interface ReplyTarget {
  readonly topicState: State;
  readonly topicLockedAt: Date | null;
  readonly topicPostedAt: Date;
  /** State of the reply that is answered; null when the topic itself is. */
  readonly parentState: State | null;
}

/** What the writer has done lately and is about to post. */
export interface ReplyPace extends BodyFacts {
  /** The viewer's replies since startOfDay(now), whatever became of them. */
  readonly repliesToday: number;
  readonly lastReplyAt: Date | null;
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
}

/** Whether the viewer may reply here at all: what a page asks before it offers to. */
export function mayReplyTo(viewer: Viewer, target: ReplyTarget, now: Date): Verdict {
  return firstDenial(mayWrite(viewer, now), takesReplies(target, now));
}

/** Whether the viewer may post this reply here now: what the command asks. */
export function mayReply(viewer: Viewer, facts: ReplyTarget & ReplyPace, now: Date): Verdict {
  const verdict = mayReplyTo(viewer, facts, now);
  if (viewer.kind === 'visitor' || !verdict.allowed) return verdict;
  const limited = isLimitedAsNew(viewer, facts.limitsInForce);
  return firstDenial(
    mayUseLinksAndMentions(viewer, facts, facts.limitsInForce),
    limited ? withinDay(facts.repliesToday, NEW_MEMBER.repliesPerDay, 'replies', now) : allow,
    spacedBy(PACE.betweenReplies, facts.lastReplyAt, now),
  );
}

/** Whether there is anything to reply to here, whoever asks: what a page asks for visitors, who will be led to log in. */
export function takesReplies(target: ReplyTarget, now: Date): Verdict {
  if (target.topicState === 'hidden') return denyForState('A moderator has hidden this topic.');
  if (target.topicState === 'held')
    return denyForState('This topic awaits approval. It can be answered afterwards.');
  if (target.topicLockedAt !== null) return denyForState('This topic is locked: it takes no more replies.');
  if (!isWithin(WINDOWS.reply, target.topicPostedAt, now)) {
    return denyForState(
      `Topics take replies for ${spellDuration(WINDOWS.reply)}. If there is news, start a topic that continues this one.`,
    );
  }
  // In a topic that its author withdrew, the others may go on answering each other.
  switch (target.parentState ?? target.topicState) {
    case 'hidden':
      return denyForState('A moderator has hidden the reply that you answer.');
    case 'held':
      return denyForState('The reply that you answer awaits approval.');
    case 'withdrawn':
      return denyForState('Its author has withdrawn what you answer.');
    case 'visible':
      return allow;
  }
}
