// Rules about reporting things to the moderators: members, sources, posts (mayFlagPost, posts.ts), and what is illegal.
import type { MemberId } from '../ids.ts';
import { PACE } from '../limits.ts';
import type { State } from '../state.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isSelf } from '../viewer.ts';
import { withinDay } from './pace.ts';
import { mayFlagPost } from './posts.ts';
import { mayWrite } from './writing.ts';

/** What the viewer has flagged already. */
export interface FlaggedSoFar {
  /** Whether the viewer has an undecided flag on it. */
  readonly alreadyFlagged: boolean;
  /** The viewer's flags on whatever since startOfDay(now). */
  readonly flagsToday: number;
}

export interface MemberFlagFacts extends FlaggedSoFar {
  readonly memberId: MemberId;
}

/** Whether the viewer may report a member's name, or what stands on their page, to the moderators. */
export function mayFlagMember(viewer: Viewer, facts: MemberFlagFacts, now: Date): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, facts.memberId))
    return deny('This is your own page. You can change it in the settings.');
  if (facts.alreadyFlagged) return denyForState('You have flagged this member. A moderator will look at it.');
  return withinDay(facts.flagsToday, PACE.flagsPerDay, 'flags', now);
}

export interface SourceFlagFacts extends FlaggedSoFar {
  /** Null: a former member. */
  readonly addedById: MemberId | null;
  readonly removed: boolean;
  /** Of the topic in which it stands. */
  readonly topicState: State;
}

/** Whether the viewer may report a source of a topic to the moderators. */
export function mayFlagSource(viewer: Viewer, facts: SourceFlagFacts, now: Date): Verdict {
  const verdict = mayWrite(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, facts.addedById)) {
    return deny('You added this source yourself: you can remove it, or suggest what is better about it.');
  }
  if (facts.removed || facts.topicState !== 'visible') {
    return denyForState('This source is not there for others any more.');
  }
  if (facts.alreadyFlagged) return denyForState('You have flagged this source. A moderator will look at it.');
  return withinDay(facts.flagsToday, PACE.flagsPerDay, 'flags', now);
}

/** Something that can be flagged, with what the rules ask of it. */
export type Flaggable =
  | { readonly kind: 'post'; readonly authorId: MemberId | null; readonly state: State }
  | { readonly kind: 'member'; readonly memberId: MemberId }
  | ({ readonly kind: 'source' } & Omit<SourceFlagFacts, keyof FlaggedSoFar>);

/** Whether the viewer may report it to the moderators, whatever it is. */
export function mayFlag(viewer: Viewer, subject: Flaggable, soFar: FlaggedSoFar, now: Date): Verdict {
  switch (subject.kind) {
    case 'post':
      return mayFlagPost(viewer, { ...subject, ...soFar }, now);
    case 'member':
      return mayFlagMember(viewer, { ...subject, ...soFar }, now);
    case 'source':
      return mayFlagSource(viewer, { ...subject, ...soFar }, now);
  }
}

/**
 * Whether the viewer may report the post as illegal by the form that asks for no account (Article 16 of the EU's Digital
 * Services Act). It is everybody's right: no silence, suspension or daily limit takes it away.
 */
export function mayReportIllegal(
  viewer: Viewer,
  post: { readonly authorId: MemberId | null; readonly state: State },
): Verdict {
  if (isSelf(viewer, post.authorId)) return deny('This is your own post. You can edit or withdraw it.');
  if (post.state !== 'visible') return denyForState('This post is not there for others any more.');
  return allow;
}
