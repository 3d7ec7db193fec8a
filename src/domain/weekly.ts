// Which topics stand on the page of a week: chosen once, when it is over, by what members made of them in it.
import type { SectionId, TopicId } from './ids.ts';
import type { TopicKind } from './post-text.ts';
import { HOT_EPOCH, hotRank } from './ranking.ts';

export const WEEKLY = {
  /** As many as are taken in at a glance; who wants more of one section finds it there. */
  inSection: 7,
  /** A mail of ten minutes. */
  together: 30,
  /** A quiet week still shows this many, where it has them: also what nobody upvoted or answered. */
  least: 5,
  /** Weeks a forum that was switched off makes up for, and a new one for the topics it brought: about a year. */
  madeUp: 53,
} as const;

export interface WeekCandidate {
  readonly id: TopicId;
  readonly sectionId: SectionId;
  readonly kind: TopicKind;
  readonly score: number;
  /** Distinct members other than the author who replied. */
  readonly distinctRepliers: number;
}

export interface ChosenTopic {
  readonly id: TopicId;
  /** Within its section, from 1. */
  readonly position: number;
}

/**
 * Chooses a week's topics. Digests stand before all others of their section, since moderators wrote them about the week;
 * then what has more upvotes and more people in it, as in the hot list but for the time; then what was posted first. Each
 * section in which something happened has its first one, whatever the others have; the rest goes by rank.
 */
export function chooseOfWeek(candidates: readonly WeekCandidate[]): ChosenTopic[] {
  const ranked = candidates.map((topic) => ({ ...topic, rank: rankOf(topic) })).sort(inOrder);
  const noticed = ranked.filter(({ rank, kind }) => rank > 0 || kind === 'digest');
  const quiet = ranked.filter((topic) => !noticed.includes(topic));
  const chosen = fill(noticed, [], WEEKLY.together);
  const all = chosen.length < WEEKLY.least ? fill(quiet, chosen, WEEKLY.least) : chosen;
  const counts = new Map<SectionId, number>();
  return all.sort(inOrder).map(({ id, sectionId }) => {
    const position = (counts.get(sectionId) ?? 0) + 1;
    counts.set(sectionId, position);
    return { id, position };
  });
}

type Ranked = WeekCandidate & { readonly rank: number };

function rankOf({ score, distinctRepliers }: WeekCandidate): number {
  return hotRank({ score, distinctRepliers, postedAt: HOT_EPOCH, modifier: 0 });
}

function inOrder(a: Ranked, b: Ranked): number {
  return Number(b.kind === 'digest') - Number(a.kind === 'digest') || b.rank - a.rank || a.id - b.id;
}

/** Adds to what is chosen: the first of each section, then the others, as long as there is room. */
function fill(ranked: readonly Ranked[], already: readonly Ranked[], most: number): Ranked[] {
  const chosen = [...already];
  const inSection = (id: SectionId) => chosen.filter(({ sectionId }) => sectionId === id).length;
  const add = (roomInSection: number) => {
    for (const topic of ranked)
      if (chosen.length < most && !chosen.includes(topic) && inSection(topic.sectionId) < roomInSection)
        chosen.push(topic);
  };
  add(1);
  add(WEEKLY.inSection);
  return chosen;
}
