// Good topics that few saw (domain/second-chance.ts), as SQL: from the index of new topics, a fortnight of it at most.
import { and, eq, gte, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import { posts, sources, topics, visits } from '../../../db/schema/index.ts';
import { SECOND_CHANCE } from '../../../domain/second-chance.ts';

const recent = alias(topics, 'recent');

/** Whether a row of `topics`, which is listed, deserves another look. */
export function deservesAnotherLook(now: Date): SQL {
  const { youngest, oldest, mostRepliers, fewestUpvotes, likedShare, fewReaders } = SECOND_CHANCE;
  const readers = readersOf(topics);
  const flagged = and(eq(posts.id, topics.openingPostId), sql`${posts.flagWeight} > 0`);
  return and(
    gte(topics.postedAt, new Date(now.getTime() - oldest)),
    lte(topics.postedAt, new Date(now.getTime() - youngest)),
    lte(topics.replierCount, mostRepliers),
    isNull(topics.lockedAt),
    or(isNull(topics.pinnedUntil), lte(topics.pinnedUntil, now)),
    // A digest is made of what others have seen.
    ne(topics.kind, 'digest'),
    // Somebody objects: that is looked into first.
    sql`not exists (select from ${posts} where ${flagged})`,
    sql`${readers} <= ${medianReaders(now)} * ${fewReaders}::float8`,
    or(
      and(gte(topics.score, fewestUpvotes), sql`${topics.score} >= ${readers} * ${likedShare}::float8`),
      hasPrimarySource(),
    ),
  ) as SQL;
}

/** How many members other than its author have opened a topic. */
function readersOf(of: typeof topics | typeof recent): SQL {
  const others = and(eq(visits.topicId, of.id), sql`${visits.memberId} is distinct from ${of.authorId}`);
  return sql`(select count(*) from (select from ${visits} where ${others} limit ${SECOND_CHANCE.readersCounted}) as reader)`;
}

/** What a topic has here as a rule. Asked once for the whole list. */
function medianReaders(now: Date): SQL {
  const before = new Date(now.getTime() - SECOND_CHANCE.youngest);
  const listed = and(eq(recent.state, 'visible'), isNull(recent.mergedIntoId), lte(recent.postedAt, before));
  return sql`(select coalesce(percentile_cont(0.5) within group (order by readers), 0) from (
    select ${readersOf(recent)} as readers from ${topics} as recent where ${listed}
    order by ${recent.postedAt} desc, ${recent.id} desc limit ${SECOND_CHANCE.medianOf}) as seen)`;
}

/** Asked topic by topic, by index: a plain `exists` may be answered by reading all sources there are. */
function hasPrimarySource(): SQL {
  const primary = and(eq(sources.role, 'primary'), eq(sources.state, 'live'));
  return sql`coalesce((select bool_or(${primary}) from ${sources} where ${eq(sources.topicId, topics.id)}), false)`;
}
