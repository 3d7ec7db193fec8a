// Which topics get a second look: good ones that few saw when they were new. Hacker News keeps such a pool by hand and rolls
// their clock back; Discourse bumps one a category. Here nothing moves and nobody chooses: the rule is public, everyone
// gets the same list, and ranks stay what votes and replies made them.
import { DAY } from './times.ts';

export const SECOND_CHANCE = {
  /** Younger ones still have their first chance: the hot list shows a day's news for about as long. */
  youngest: DAY,
  /** Older news is no news, and whoever wanted to reply has found another place. */
  oldest: 14 * DAY,
  /** One answer is what an author's friend or a first passer-by leaves; two are a discussion. */
  mostRepliers: 1,
  /** Few are at most this share of the readers that a topic has here as a rule (the median). */
  fewReaders: 0.5,
  /** Of what a topic has as a rule: the newest so many that are past their first day tell, and cost the same everywhere. */
  medianOf: 100,
  /** No topic counts for more readers than this: beyond it the median says that few is many. */
  readersCounted: 200,
  /** Two strangers, not one: a single vote says as much of the voter as of the topic. */
  fewestUpvotes: 2,
  /** At least every fourth of those who saw it: on peers about one reader in ten to twenty votes. */
  likedShare: 0.25,
} as const;

interface Seen {
  /** Members other than the author who opened it. */
  readonly readers: number;
  readonly score: number;
  /** Whether one of its sources is the document that the news is about. */
  readonly hasPrimarySource: boolean;
}

/** Whether a topic of the right age, without discussion, deserves another look; queries/second-chance.ts is its SQL twin. */
export function deservesSecondChance({ readers, score, hasPrimarySource }: Seen, median: number): boolean {
  if (readers > median * SECOND_CHANCE.fewReaders) return false;
  const liked = score >= SECOND_CHANCE.fewestUpvotes && score >= readers * SECOND_CHANCE.likedShare;
  return liked || hasPrimarySource;
}
