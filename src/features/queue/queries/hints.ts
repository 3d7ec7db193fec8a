// What led to an item that no flag tells: watched words, suggestions, a proposed suspension, a suspended member's traces.
import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import {
  actions,
  members,
  signUpTraces,
  suggestions,
  watchHits,
  watchRules,
} from '../../../db/schema/index.ts';
import type { MemberId, PostId, QueueItemId, SourceId, TopicId } from '../../../domain/ids.ts';

export type HitRow = Awaited<ReturnType<typeof listHits>>[number];
export type SuggestionRow = Awaited<ReturnType<typeof listSuggested>>[number];
export type ProposalRow = Awaited<ReturnType<typeof listProposals>>[number];
export type TraceRow = Awaited<ReturnType<typeof listTraces>>[number];

/** The watched words and domains that were found in these posts. */
export async function listHits(db: Reader, postIds: readonly PostId[]) {
  if (postIds.length === 0) return [];
  const { kind, shown, effect, reason, rule } = watchRules;
  return db
    .select({ postId: watchHits.postId, kind, shown, effect, reason, rule })
    .from(watchHits)
    .innerJoin(watchRules, eq(watchRules.id, watchHits.ruleId))
    .where(inArray(watchHits.postId, [...postIds]))
    .orderBy(asc(watchRules.id));
}

/** What is suggested about these topics and their sources, and about these sources: the same once, with how many say so. */
export async function listSuggested(
  db: Reader,
  about: { readonly topicIds: readonly TopicId[]; readonly sourceIds: readonly SourceId[] },
) {
  const { topicIds, sourceIds } = about;
  if (topicIds.length === 0 && sourceIds.length === 0) return [];
  const { topicId, sourceId, kind, value } = suggestions;
  return db
    .select({
      ...{ topicId, sourceId, kind, value },
      /** The oldest of those that are alike: what a button to apply them names. */
      id: sql`min(${suggestions.id})`.mapWith(suggestions.id),
      shown: sql<string>`min(${suggestions.shown})`,
      members: sql<number>`count(*)::int`,
    })
    .from(suggestions)
    .where(
      and(
        isNull(suggestions.closedAt),
        or(inArray(topicId, [...topicIds]), inArray(sourceId, [...sourceIds])),
      ),
    )
    .groupBy(topicId, sourceId, kind, value)
    .orderBy(desc(sql`count(*)`), asc(sql`min(${suggestions.id})`));
}

/** The permanent suspensions that wait for a second moderator, by item. */
export async function listProposals(db: Reader, itemIds: readonly QueueItemId[]) {
  if (itemIds.length === 0) return [];
  const { queueItemId, at, rule, reason, actorId } = actions;
  return db
    .select({ itemId: queueItemId, at, rule, reason, actorId, by: members.name })
    .from(actions)
    .leftJoin(members, eq(members.id, actorId))
    .where(and(eq(actions.kind, 'propose-ban'), inArray(queueItemId, [...itemIds])))
    .orderBy(desc(actions.id));
}

const suspended = alias(members, 'suspended');

/** In whose place new members signed up. */
export async function listTraces(db: Reader, memberIds: readonly MemberId[]) {
  if (memberIds.length === 0) return [];
  const { memberId, trace, at } = signUpTraces;
  return db
    .select({ memberId, trace, at, name: suspended.name })
    .from(signUpTraces)
    .innerJoin(suspended, eq(suspended.id, signUpTraces.suspendedId))
    .where(inArray(memberId, [...memberIds]))
    .orderBy(asc(suspended.id), asc(trace));
}
