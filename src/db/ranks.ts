// The ranks of domain/ranking.ts as SQL, so that counters change by deltas inside the database and never by a value a
// process read before. tests/db/ranks.test.ts compares both over many cases.
import { eq, or, sql, type SQL } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { BEST_Z, HOT_EPOCH, HOT_REPLIER_WEIGHT, HOT_SECONDS_PER_DECADE } from '../domain/ranking.ts';
import { posts, sections, tags, topics, topicTags } from './schema/index.ts';

/**
 * From when a row of `topics` counts, in its rank and in how long it takes replies and votes: its own moment, or that of
 * the youngest topic merged into it, so that fresh news merged into an older topic neither sinks nor falls silent.
 */
export const countsFrom: SQL<Date> = sql`coalesce(${topics.rankedFrom}, ${topics.postedAt})`.mapWith(
  topics.postedAt,
);

const merged = alias(topics, 'merged');

/** What `ranked_from` of a row of `topics` is to be, by the topics that are merged into it; null: its own moment holds. */
export function rankedFromOf(): SQL {
  const youngest = sql`max(${merged.postedAt})`;
  return sql`(select case when ${youngest} > ${topics.postedAt} then ${youngest} end
    from ${topics} as merged where ${eq(merged.mergedIntoId, topics.id)})`;
}

/** Hot rank of a row of `topics` from its own columns and the modifiers of its section and tags. */
export function hotRankOf(score: SQL, repliers: SQL): SQL<number> {
  const liked = sql`greatest(0, ${score})`;
  const modifier = sql`(select ${sections.modifier} from ${sections} where ${sections.id} = ${topics.sectionId})
    + coalesce((select sum(${tags.modifier}) from ${topicTags} join ${tags} on ${tags.id} = ${topicTags.tagId} where ${topicTags.topicId} = ${topics.id}), 0)`;
  return sql<number>`log10((1 + ${liked} + least(${liked} + 1, ${HOT_REPLIER_WEIGHT}::float8 * ${repliers}))::float8)
    + ${modifier}
    + extract(epoch from ${countsFrom} - ${HOT_EPOCH.toISOString()}::timestamptz)::float8 / ${HOT_SECONDS_PER_DECADE}::float8`;
}

/** What lists are sorted by and can fall: the moment a topic was posted never does. */
interface Ranks {
  readonly score?: SQL;
  readonly hotRank?: SQL;
  readonly lastActivityAt?: SQL;
}

/**
 * Ranks as an update of `topics` sets them, with a note of the transaction where one of them falls: whoever is walking
 * through the pages of a list does not see the topic a second time (docs/decisions/019). Every update of a rank goes
 * through here; tests/architecture holds that.
 */
export function ranksSet<Set extends Ranks>(ranks: Set): Set & { readonly rankFellIn: SQL } {
  const falls = RANKS.flatMap((rank) => {
    const value = ranks[rank];
    return value ? [sql`${value} < ${topics[rank]}`] : [];
  });
  return { ...ranks, rankFellIn: fellIn(falls) };
}

const RANKS = ['score', 'hotRank', 'lastActivityAt'] as const;

/** What `rank_fell_in` of a row of `topics` is to be, given the conditions under which one of its ranks falls. */
export function fellIn(falls: readonly SQL[]): SQL {
  return sql`case when ${or(...falls)} then pg_current_xact_id() else ${topics.rankFellIn} end`;
}

/** Best rank of a post: Wilson's lower bound over counted votes, imported score and flag weight. */
export function bestRankOf(score: SQL, baseScore: SQL, flagWeight: SQL): SQL<number> {
  const z = sql.raw(String(BEST_Z));
  return sql<number>`(select case when good <= 0 or n <= 0 then 0 else
      (good / n + ${z} * ${z} / (2 * n) - ${z} * sqrt((good / n * (1 - good / n) + ${z} * ${z} / (4 * n)) / n)) / (1 + ${z} * ${z} / n) end
    from (select g as good, g + f as n from (select
      ((${score}) - (${baseScore}) + greatest(0, ${baseScore}))::float8 as g,
      ((${flagWeight}) + greatest(0, -(${baseScore})))::float8 as f) as parts) as figures)`;
}

/**
 * What `best_rank` of a row of `posts` is kept as, given what changes of that it is made from. Only replies are sorted by it: in an opening post it stays as it is, so
 * that a vote for one changes no column that an index has, and costs no entry in any of them.
 */
export function keptBestRankOf({
  score = sql`${posts.score}`,
  baseScore = sql`${posts.baseScore}`,
  flagWeight = sql`${posts.flagWeight}`,
}: { readonly score?: SQL; readonly baseScore?: SQL; readonly flagWeight?: SQL } = {}): SQL<number> {
  const rank = bestRankOf(score, baseScore, flagWeight);
  return sql<number>`case when ${posts.branchId} is null then ${posts.bestRank} else ${rank} end`;
}
