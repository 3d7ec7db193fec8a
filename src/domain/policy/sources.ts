// Rules about the sources of a topic: who may add them, note a paywall at them, and take them away.
import type { MemberId, TopicId } from '../ids.ts';
import { SOURCES, WINDOWS } from '../limits.ts';
import type { TopicKind } from '../post-text.ts';
import type { State } from '../state.ts';
import { isWithin, spellDuration } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, deny, denyForState, firstDenial } from '../verdict.ts';
import type { Viewer } from '../viewer.ts';
import { isModerator, isSelf } from '../viewer.ts';
import { mayAddLinks } from './edits.ts';
import { mayModerate } from './moderation.ts';
import { withinDay } from './pace.ts';
import { isLimitedAsNew, isTrusted } from './trust.ts';
import { mayWrite } from './writing.ts';

/** What changing a topic that is not one's own asks of it. */
export interface TopicAtHand {
  readonly state: State;
  readonly lockedAt: Date | null;
  readonly postedAt: Date;
  readonly mergedIntoId: TopicId | null;
}

/** Whether the topic is there for everyone: even moderators change nothing about one that is not. */
export function isOnShow({ state, mergedIntoId }: Pick<TopicAtHand, 'state' | 'mergedIntoId'>): Verdict {
  if (mergedIntoId !== null) return denyForState('This topic was merged into another one.');
  switch (state) {
    case 'visible':
      return allow;
    case 'hidden':
      return denyForState('A moderator has hidden this topic.');
    case 'held':
      return denyForState('This topic awaits approval. It can be added to afterwards.');
    case 'withdrawn':
      return denyForState('Its author has withdrawn this topic.');
  }
}

/** Whether members may still change something about the topic: on show, not locked, and as young as replies want it. */
export function takesChanges(topic: TopicAtHand, now: Date): Verdict {
  const shown = isOnShow(topic);
  if (!shown.allowed) return shown;
  if (topic.lockedAt !== null) return denyForState('This topic is locked: it stays as it is.');
  if (isWithin(WINDOWS.reply, topic.postedAt, now)) return allow;
  return denyForState(
    `Topics can be added to for ${spellDuration(WINDOWS.reply)}. Start one that continues it.`,
  );
}

export interface TopicWithSources extends TopicAtHand {
  readonly kind: TopicKind;
  /** Those that were not removed. */
  readonly sourceCount: number;
}

/** Whether there is room for a source here, whoever brings it: what a page asks for visitors. */
export function takesSources(topic: TopicWithSources, now: Date): Verdict {
  const open = takesChanges(topic, now);
  if (!open.allowed) return open;
  if (topic.kind === 'digest') return denyForState('A digest has its links in its text.');
  if (topic.sourceCount < SOURCES.perTopic) return allow;
  return denyForState(
    `A topic has up to ${SOURCES.perTopic} sources, and this one has them. Put the link into a reply.`,
  );
}

/** Whether the viewer may add sources here: what a page asks before it offers to. */
export function mayOfferSource(viewer: Viewer, topic: TopicWithSources, now: Date): Verdict {
  return firstDenial(mayWrite(viewer, now), takesSources(topic, now));
}

/** What the member has done lately. */
export interface SourcePace {
  /** The viewer's sources since startOfDay(now), those removed again included. */
  readonly addedToday: number;
  readonly earlierPostsWithLink: number;
  /** See areNewMemberLimitsInForce. */
  readonly limitsInForce: boolean;
}

/** Whether the viewer may add this source now: what the command asks. */
export function mayAddSource(viewer: Viewer, facts: TopicWithSources & SourcePace, now: Date): Verdict {
  const verdict = mayOfferSource(viewer, facts, now);
  if (viewer.kind === 'visitor' || !verdict.allowed) return verdict;
  return firstDenial(
    mayAddLinks(viewer, { ...facts, hasLink: true }),
    withinDay(facts.addedToday, SOURCES.addedPerDay, 'sources', now),
  );
}

/** Whether the viewer may say that a source is behind a paywall, or is not: a fact that anyone sees who opens it. */
export function maySayPaywall(
  viewer: Viewer,
  facts: TopicAtHand & { readonly editedToday: number; readonly limitsInForce: boolean },
  now: Date,
): Verdict {
  const verdict = firstDenial(mayWrite(viewer, now), takesChanges(facts, now));
  if (viewer.kind === 'visitor' || !verdict.allowed) return verdict;
  if (isLimitedAsNew(viewer, facts.limitsInForce)) return deny('New members cannot change sources yet.');
  return withinDay(facts.editedToday, SOURCES.editedPerDay, 'changes', now);
}

export interface SourceAtHand {
  /** Null: a former member. */
  readonly addedById: MemberId | null;
  readonly addedAt: Date;
  /** Whether the topic was posted with it, or it is the oldest that is left. */
  readonly isFirst: boolean;
}

/** Whether the viewer may decide that a flagged source stays: nobody says so of what they added. */
export function mayKeepSource(viewer: Viewer, source: Pick<SourceAtHand, 'addedById'>, now: Date): Verdict {
  const others = isSelf(viewer, source.addedById)
    ? deny('You added this source: another moderator decides.')
    : allow;
  return firstDenial(mayModerate(viewer, now), others);
}

/** Whether the viewer may take a source away: who added it while posts can be edited, moderators at any time. */
export function mayRemoveSource(
  viewer: Viewer,
  { topic, source }: { readonly topic: TopicWithSources; readonly source: SourceAtHand },
  now: Date,
): Verdict {
  const needed =
    topic.kind === 'link' && topic.sourceCount === 1
      ? denyForState('This is the only article of the topic. Give it another address instead.')
      : allow;
  if (isModerator(viewer)) return firstDenial(mayModerate(viewer, now), isOnShow(topic), needed);
  const verdict = firstDenial(mayWrite(viewer, now), takesChanges(topic, now));
  if (!verdict.allowed) return verdict;
  if (!isSelf(viewer, source.addedById)) return deny('Only who added a source and moderators remove it.');
  if (topic.kind === 'link' && source.isFirst)
    return deny('The topic was posted about this article: it stays.');
  const window = isTrusted(viewer) ? WINDOWS.editByTrusted : WINDOWS.edit;
  if (isWithin(window, source.addedAt, now)) return allow;
  return denyForState(`A source can be removed for ${spellDuration(window)} by who added it.`);
}
