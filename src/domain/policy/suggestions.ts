// Rules about suggestions: what members may propose to change about a topic that is not theirs. Two who propose the same
// are enough to change it; moderators change it at once.
import type { MemberId } from '../ids.ts';
import { SUGGESTIONS } from '../limits.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState, firstDenial } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isModerator, isSelf } from '../viewer.ts';
import { mayModerate } from './moderation.ts';
import { withinDay } from './pace.ts';
import { isOnShow, takesChanges, type TopicAtHand } from './sources.ts';
import { isLimitedAsNew, isTrusted } from './trust.ts';
import { mayWrite } from './writing.ts';

/** What a suggestion is about. An aggregator's address hides the publisher; any other address says who published. */
export type SuggestedChange = 'title' | 'tags' | 'role' | 'wrapped-address' | 'address';

export interface SuggestionFacts extends TopicAtHand {
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
}

/** Whether the viewer may suggest such a change here: what a page asks before it offers to. */
export function mayOfferSuggestion(
  viewer: Viewer,
  change: SuggestedChange,
  facts: SuggestionFacts,
  now: Date,
): Verdict {
  if (isModerator(viewer)) return firstDenial(mayModerate(viewer, now), isOnShow(facts));
  return firstDenial(
    mayWrite(viewer, now),
    takesChanges(facts, now),
    isKnownEnough(viewer, change, facts.limitsInForce),
  );
}

/** Whether the viewer may send this suggestion now: what the command asks. @param facts.suggestedToday since startOfDay(now) */
export function maySuggest(
  viewer: Viewer,
  change: SuggestedChange,
  facts: SuggestionFacts & { readonly suggestedToday: number },
  now: Date,
): Verdict {
  const verdict = mayOfferSuggestion(viewer, change, facts, now);
  if (!verdict.allowed || isModerator(viewer)) return verdict;
  return withinDay(facts.suggestedToday, SUGGESTIONS.perDay, 'suggestions', now);
}

/** Whether the viewer may decline what members suggest about a topic: of an own one, another moderator says that it stays. */
export function mayDeclineSuggestions(
  viewer: Viewer,
  topic: { readonly authorId: MemberId | null },
  now: Date,
): Verdict {
  const others = isSelf(viewer, topic.authorId)
    ? deny('This is your own topic: another moderator decides.')
    : allow;
  return firstDenial(mayModerate(viewer, now), others);
}

/** Whether the viewer's word is enough. */
export function changesAtOnce(viewer: Viewer): boolean {
  return isModerator(viewer);
}

/**
 * Who published an article can be looked up by anyone; what a topic is called and what a source is to it is judgement.
 * Two new members may be one, who puts an address on a headline that no moderator has looked at.
 */
function isKnownEnough(viewer: Viewer, change: SuggestedChange, limitsInForce: boolean): Verdict {
  const isNew = viewer.kind === 'member' && isLimitedAsNew(viewer, limitsInForce);
  switch (change) {
    case 'wrapped-address':
      return isNew ? deny('New members cannot give an address here yet. Put it into a reply.') : allow;
    case 'role':
      return isNew ? deny('New members cannot suggest another role yet.') : allow;
    case 'title':
    case 'tags':
    case 'address':
      return isTrusted(viewer) ? allow : deny('Only trusted members can suggest this.');
  }
}

/** Whether it would change anything: of two who suggest the same at one moment, or of a third, one comes too late. */
export function isChange(present: string, wanted: string): Verdict {
  return present === wanted ? denyForState('That is what stands there already.') : allow;
}
