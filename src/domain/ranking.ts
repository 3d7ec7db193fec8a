// The two ranks that are stored in columns. The database updates them by SQL; the figures stand here for both.

/** Hot ranks count seconds from here; a fixed moment keeps ranks independent of the time at which they are read. */
export const HOT_EPOCH: Date = new Date('2026-01-01T00:00:00Z');

/** A topic must have ten times the score to stand beside one this many seconds (22 hours) younger. */
export const HOT_SECONDS_PER_DECADE = 79_200;

/** What one replier other than the author adds to a score; people count, since replies can be a ping-pong of two. */
export const HOT_REPLIER_WEIGHT = 0.5;

/** Normal quantile of an 80 % two-sided interval. */
export const BEST_Z = 1.2816;

export interface HotFacts {
  /** Counts as 0 when it is below. */
  readonly score: number;
  /** Distinct members other than the author who replied visibly. */
  readonly distinctRepliers: number;
  /** The topic's own moment, or that of a younger one merged into it. */
  readonly postedAt: Date;
  /** Sum of the modifiers of the topic's section and tags, each from -1 to +1: one is a factor of ten in score. */
  readonly modifier: number;
}

/**
 * Rank of a topic in the hot list: log10(1 + s + min(s + 1, r/2)) + modifier + seconds since 2026 / 79,200.
 * After Reddit's and Lobsters' "hot": it never changes by time alone, so that it can be a stored, indexed column.
 * Ties are broken by id, descending.
 */
export function hotRank({ score, distinctRepliers, postedAt, modifier }: HotFacts): number {
  const liked = Math.max(0, score);
  const discussed = Math.min(liked + 1, HOT_REPLIER_WEIGHT * distinctRepliers);
  const seconds = (postedAt.getTime() - HOT_EPOCH.getTime()) / 1_000;
  return Math.log10(1 + liked + discussed) + modifier + seconds / HOT_SECONDS_PER_DECADE;
}

export interface BestFacts {
  /** Counted votes of members. */
  readonly upvotes: number;
  readonly flagWeight: number;
  /** Score that was imported without votes: upvotes when positive, flag weight when negative. */
  readonly baseScore: number;
}

/**
 * Rank of a reply among its siblings, 0 to 1: the lower bound of Wilson's score interval (E. B. Wilson, 1927) of the
 * share of upvotes in upvotes and flag weight. A reply without either ranks 0; ties are broken by id, ascending.
 */
export function bestRank({ upvotes, flagWeight, baseScore }: BestFacts): number {
  const good = upvotes + Math.max(0, baseScore);
  const count = good + flagWeight + Math.max(0, -baseScore);
  if (good <= 0 || count <= 0) return 0;
  const share = good / count;
  const z2 = BEST_Z * BEST_Z;
  const centre = share + z2 / (2 * count);
  const margin = BEST_Z * Math.sqrt((share * (1 - share) + z2 / (4 * count)) / count);
  return (centre - margin) / (1 + z2 / count);
}
