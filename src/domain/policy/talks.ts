// Rules about what is said inside a queue item: by moderators, and by the member whom it concerns.
import type { MemberId } from '../ids.ts';
import { TALKS } from '../moderation-limits.ts';
import { isWithin, spellDuration } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState, firstDenial } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isSelf } from '../viewer.ts';
import { mayModerate } from './moderation.ts';
import { withinDay } from './pace.ts';

export interface TalkFacts {
  /** The member whom the item concerns; null: nobody, or somebody who is gone. */
  readonly concernedId: MemberId | null;
  /** Null: the item is open. */
  readonly closedAt: Date | null;
}

/** Whether the viewer may say something in an item as a moderator. */
export function mayTalk(viewer: Viewer, talk: TalkFacts, toMember: boolean, now: Date): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  if (isSelf(viewer, talk.concernedId)) return deny('This is about you: other moderators see to it.');
  if (toMember && talk.concernedId === null) return denyForState('There is nobody to write to.');
  return stillGoesOn(talk, now);
}

export interface AnswerFacts extends TalkFacts {
  /** Whether a moderator has written to the member: until then there is nothing to answer, and nothing to learn of. */
  readonly addressed: boolean;
  /** What the viewer has written in talks since startOfDay(now). */
  readonly messagesToday: number;
}

/** Whether the viewer may answer the moderators. It is no writing in the forum: whoever is silenced or suspended may. */
export function mayAnswer(viewer: Viewer, talk: AnswerFacts, now: Date): Verdict {
  if (viewer.kind === 'visitor') return deny('Log in to answer.');
  if (!isSelf(viewer, talk.concernedId) || !talk.addressed) return deny('Nobody has written to you here.');
  return firstDenial(stillGoesOn(talk, now), withinDay(talk.messagesToday, TALKS.perDay, 'messages', now));
}

function stillGoesOn({ closedAt }: TalkFacts, now: Date): Verdict {
  if (closedAt === null || isWithin(TALKS.openFor, closedAt, now)) return allow;
  return denyForState(
    `This was decided more than ${spellDuration(TALKS.openFor)} ago, so nothing can be added.`,
  );
}
