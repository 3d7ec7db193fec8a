// Rules about topics: who may start, see, correct, lock, pin and hide them.
import type { MemberId, SectionId, TopicId } from '../ids.ts';
import { NEW_MEMBER, PACE, WINDOWS } from '../limits.ts';
import type { State } from '../state.ts';
import { isWithin, spellDuration } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState, firstDenial } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isModerator, isSelf } from '../viewer.ts';
import { mayModerate } from './moderation.ts';
import { spacedBy, withinDay } from './pace.ts';
import type { BodyFacts } from './trust.ts';
import { isLimitedAsNew, mayUseLinksAndMentions } from './trust.ts';
import { mayWrite } from './writing.ts';

export interface TopicPace extends BodyFacts {
  /** The viewer's topics since startOfDay(now), whatever became of them. */
  readonly topicsToday: number;
  readonly lastTopicAt: Date | null;
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
}

/** Whether the viewer may start a topic with this body now. */
export function mayPostTopic(viewer: Viewer, facts: TopicPace, now: Date): Verdict {
  const verdict = mayWrite(viewer, now);
  if (viewer.kind === 'visitor' || !verdict.allowed) return verdict;
  const { topicsPerDay } = isLimitedAsNew(viewer, facts.limitsInForce) ? NEW_MEMBER : PACE;
  return firstDenial(
    mayUseLinksAndMentions(viewer, facts, facts.limitsInForce),
    withinDay(facts.topicsToday, topicsPerDay, 'topics', now),
    spacedBy(PACE.betweenTopics, facts.lastTopicAt, now),
  );
}

/** Digests are written by moderators. */
export function mayPostDigest(viewer: Viewer, now: Date): Verdict {
  return isModerator(viewer) ? mayWrite(viewer, now) : deny('Only moderators write digests.');
}

/** What an earlier topic with the same address means for a new one. Only visible topics are asked about. */
export type Repost = 'refused' | 'warned' | 'free';

export function repostOf(earlierPostedAt: Date, now: Date): Repost {
  if (isWithin(WINDOWS.sameAddressRefused, earlierPostedAt, now)) return 'refused';
  return isWithin(WINDOWS.sameAddressWarned, earlierPostedAt, now) ? 'warned' : 'free';
}

export interface TopicFacts {
  /** Null: a former member. */
  readonly authorId: MemberId | null;
  readonly postedAt: Date;
  readonly state: State;
}

/**
 * Whether the viewer may open the topic's page. Its author and moderators always may; a withdrawn topic stays for the
 * sake of others' visible replies.
 */
export function maySeeTopic(
  viewer: Viewer,
  topic: Pick<TopicFacts, 'authorId' | 'state'> & {
    readonly othersReplied: boolean;
    /** Of the topic that it was merged into; null: it is not merged. */
    readonly mergedIntoState: State | null;
  },
): Verdict {
  if (isModerator(viewer) || isSelf(viewer, topic.authorId)) return allow;
  switch (topic.state) {
    case 'visible':
      return (topic.mergedIntoState ?? 'visible') === 'visible'
        ? allow
        : denyForState('The topic that this one was merged into is gone.');
    case 'hidden':
      return denyForState('A moderator has hidden this topic.');
    case 'withdrawn':
      return topic.othersReplied ? allow : denyForState('Its author has withdrawn this topic.');
    case 'held':
      // Nobody else may learn that there is one.
      return deny('There is no such topic.');
  }
}

/** Whether the viewer may change the title: its author for a while, moderators at any time (as an action). */
export function mayEditTitle(viewer: Viewer, topic: TopicFacts, now: Date): Verdict {
  if (isModerator(viewer)) return mayModerate(viewer, now);
  return firstDenial(
    mayCorrectOwnTopic(viewer, topic, now),
    isWithin(WINDOWS.editTitle, topic.postedAt, now)
      ? allow
      : denyForState(
          `A title can be changed for ${spellDuration(WINDOWS.editTitle)}. Suggest a better one instead.`,
        ),
  );
}

/** Whether the viewer may change the article's address: its author until somebody has replied to it, moderators at any time. */
export function mayEditAddress(
  viewer: Viewer,
  topic: TopicFacts & { readonly replyCount: number },
  now: Date,
): Verdict {
  if (isModerator(viewer)) return mayModerate(viewer, now);
  return firstDenial(
    mayCorrectOwnTopic(viewer, topic, now),
    topic.replyCount === 0
      ? allow
      : denyForState('There are replies to this article already. Suggest the other address instead.'),
  );
}

function mayCorrectOwnTopic(viewer: Viewer, topic: TopicFacts, now: Date): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed) return verdict;
  if (!isSelf(viewer, topic.authorId)) return deny('Only its author and moderators change a topic.');
  if (topic.state === 'hidden') return denyForState('A moderator has hidden this topic.');
  if (topic.state === 'withdrawn') return denyForState('You have withdrawn this topic.');
  return allow;
}

export interface LockFacts {
  readonly state: State;
  readonly lockedAt: Date | null;
}

/** Whether the viewer may lock the topic, so that it takes no more replies. The log would tell of one that is held. */
export function mayLockTopic(viewer: Viewer, topic: LockFacts, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (topic.state === 'held') return denyForState('This topic awaits approval: approve or refuse it.');
  if (topic.lockedAt !== null) return denyForState('This topic is locked already.');
  return allow;
}

export function mayUnlockTopic(viewer: Viewer, topic: Pick<LockFacts, 'lockedAt'>, now: Date): Verdict {
  const unlocked = topic.lockedAt !== null ? allow : denyForState('This topic is not locked.');
  return firstDenial(mayModerate(viewer, now), unlocked);
}

export interface PinFacts {
  readonly state: State;
  readonly pinnedUntil: Date | null;
}

/** Whether the viewer may pin the topic to the top of lists; pinning again sets another end. */
export function mayPinTopic(viewer: Viewer, topic: Pick<PinFacts, 'state'>, now: Date): Verdict {
  const listed =
    topic.state === 'visible' ? allow : denyForState('Only a topic that everybody can see is pinned.');
  return firstDenial(mayModerate(viewer, now), listed);
}

export function mayUnpinTopic(viewer: Viewer, topic: Pick<PinFacts, 'pinnedUntil'>, now: Date): Verdict {
  const pinned = topic.pinnedUntil !== null && now.getTime() < topic.pinnedUntil.getTime();
  return firstDenial(mayModerate(viewer, now), pinned ? allow : denyForState('This topic is not pinned.'));
}

export interface SectionFacts {
  readonly state: State;
  readonly mergedIntoId: TopicId | null;
  readonly sectionId: SectionId;
}

/**
 * Whether the viewer may give the topic another section, as a decision for the log: its author does it by editing.
 * @param wanted not there yet while a page asks whether to offer it
 */
export function maySetSection(viewer: Viewer, topic: SectionFacts, now: Date, wanted?: SectionId): Verdict {
  return firstDenial(
    mayModerate(viewer, now),
    topic.mergedIntoId === null ? allow : denyForState('This topic was merged into another one.'),
    topic.state === 'held' ? denyForState('This topic awaits approval: approve or refuse it.') : allow,
    topic.sectionId === wanted ? denyForState('It stands in this section already.') : allow,
  );
}

/** Whether the viewer may give the topic back the section it had. @param topic.given the one that the action gave it */
export function maySetSectionBack(
  viewer: Viewer,
  topic: { readonly sectionId: SectionId; readonly given: SectionId },
  now: Date,
): Verdict {
  return firstDenial(
    mayModerate(viewer, now),
    topic.sectionId === topic.given ? allow : denyForState('The topic stands in yet another section by now.'),
  );
}

/** Whether the viewer may hide the topic with all that stands in it. */
export function mayHideTopic(viewer: Viewer, topic: Omit<TopicFacts, 'postedAt'>, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, topic.authorId)) {
    return deny('Withdraw your own topic instead; another moderator can hide it.');
  }
  if (topic.state === 'hidden') return denyForState('This topic is hidden already.');
  if (topic.state === 'held') return denyForState('This topic awaits approval: approve or refuse it.');
  return allow;
}

/** Whether the viewer may undo the hiding of the topic; for an own one there are appeals. */
export function mayRestoreTopic(viewer: Viewer, topic: Omit<TopicFacts, 'postedAt'>, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (topic.state !== 'hidden') return denyForState('This topic is not hidden.');
  if (isSelf(viewer, topic.authorId)) return deny('This is your own topic: another moderator decides.');
  return allow;
}
