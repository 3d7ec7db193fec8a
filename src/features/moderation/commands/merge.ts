// Merging two topics that turned out to be one story: what stands in one moves to the other, and all that moved is
// written down, so that unmerge.ts gives back just that (docs/decisions/015-merging-topics.md).
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { lockOpenings } from '../../../db/lock-openings.ts';
import { mergedMarks, mergedSources, merges, topics } from '../../../db/schema/index.ts';
import type { ActionId, MemberId, TopicId } from '../../../domain/ids.ts';
import { type MergeFacts, mayMergeTopics } from '../../../domain/policy/merges.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize } from '../../../web/problem.ts';
import { moveSources } from '../../links/index.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { closeTopicItems } from '../../queue-items/index.ts';
import {
  lockTopicRow,
  type MarkBefore,
  mergeTopic,
  recordEvent,
  type TopicSubject,
} from '../../threads/index.ts';

export interface Merge extends Omit<Decision, 'queueItemId'> {
  /** The one that goes: its address leads to the other from then on. */
  readonly topicId: TopicId;
  readonly intoId: TopicId;
}

/** Merges a topic into another one. @throws Problem when the moderator may not, or one of them cannot be merged. */
export async function mergeTopics(tx: Tx, { by, topicId, intoId, reason, now }: Merge): Promise<ActionId> {
  const [topic, into] = await lockTopicRows(tx, topicId, intoId);
  authorize(mayMergeTopics(by, await mergeFacts(tx, topic), await mergeFacts(tx, into), now));
  const sourceIds = await moveSources(tx, topicId, intoId);
  await closeTopicItems(tx, topicId, now);
  const { replyIds, voterIds, marks } = await mergeTopic(tx, topicId, intoId);
  const about = { actorId: by.id, at: now, topicId };
  const data = { other: intoId };
  const actionId = await recordAction(tx, { kind: 'merge', ...about, reason, postIds: replyIds, data });
  await tx.insert(merges).values({ actionId, topicId, intoId });
  if (sourceIds.length > 0)
    await tx.insert(mergedSources).values(sourceIds.map((sourceId) => ({ actionId, sourceId })));
  await noteVotes(tx, actionId, voterIds);
  await noteMarks(tx, actionId, marks);
  await recordEvent(tx, { kind: 'topic-merged', ...about, data: { actionId, into: intoId } });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

/**
 * Locks both topics in the one order that keeps two who merge crosswise from waiting for each other; and their opening
 * posts, which whoever changes a tag of both writes in that order too.
 */
export async function lockTopicRows(
  tx: Tx,
  one: TopicId,
  other: TopicId,
): Promise<[TopicSubject, TopicSubject]> {
  const later = one > other ? await lockTopicRow(tx, other) : undefined;
  const first = await lockTopicRow(tx, one);
  const locked: [TopicSubject, TopicSubject] = [first, later ?? (await lockTopicRow(tx, other))];
  await lockOpenings(tx, sql`select unnest(array[${one}, ${other}]::bigint[])`);
  return locked;
}

async function mergeFacts(tx: Tx, { id, state, mergedIntoId }: TopicSubject): Promise<MergeFacts> {
  const [taken] = await tx.select({ id: topics.id }).from(topics).where(eq(topics.mergedIntoId, id)).limit(1);
  return { id, state, mergedIntoId, tookOthers: taken !== undefined };
}

/** Writes down whose vote the merge gave to the topic that stays. */
export async function noteVotes(tx: Tx, actionId: ActionId, memberIds: readonly MemberId[]): Promise<void> {
  if (memberIds.length === 0) return;
  const rows = memberIds.map((memberId) => ({ actionId, memberId, kind: 'vote' as const }));
  await tx.insert(mergedMarks).values(rows).onConflictDoNothing();
}

async function noteMarks(tx: Tx, actionId: ActionId, marks: readonly MarkBefore[]): Promise<void> {
  if (marks.length === 0) return;
  const rows = marks.map((mark) => ({ actionId, kind: 'visit' as const, ...mark }));
  await tx.insert(mergedMarks).values(rows);
}
