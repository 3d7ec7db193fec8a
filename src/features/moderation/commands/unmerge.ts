// Undoing a merge: exactly what it moved goes back. What was posted, voted and read since stays where it is.
import { and, asc, eq, gt, isNull, ne, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import {
  actionPosts,
  actions,
  mergedMarks,
  mergedSources,
  merges,
  visits,
} from '../../../db/schema/index.ts';
import type { ActionId, TopicId } from '../../../domain/ids.ts';
import { mayUnmergeTopic } from '../../../domain/policy/merges.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, Problem } from '../../../web/problem.ts';
import { returnSources } from '../../links/index.ts';
import { type Decision, markUndone, recordAction } from '../../log/index.ts';
import { copyVotesOf, recordEvent, restoreMarks, unmergeTopic } from '../../threads/index.ts';
import { lockTopicRows, noteVotes } from './merge.ts';

export type Unmerge = Omit<Decision, 'queueItemId'> & { readonly topicId: TopicId };

/** Undoes the merge by which a topic leads to another one. @throws Problem when there is none (any more). */
export async function unmergeTopics(tx: Tx, { by, topicId, reason, now }: Unmerge): Promise<ActionId> {
  const merge = await findMerge(tx, topicId);
  const [topic] = await lockTopicRows(tx, topicId, merge.intoId);
  authorize(mayUnmergeTopic(by, topic, now));
  const { intoId } = merge;
  const { postIds, sourceIds, voterIds, marks } = await loadParts(tx, merge.actionId);
  await returnSources(tx, sourceIds, intoId, topicId);
  const parts = { replyIds: postIds, voterIds };
  const returned = await unmergeTopic(tx, { topicId, intoId, parts });
  const about = { actorId: by.id, at: now, topicId };
  const data = { other: intoId };
  const actionId = await recordAction(tx, {
    kind: 'unmerge',
    ...about,
    reason,
    postIds: returned.replyIds,
    data,
  });
  if (!(await markUndone(tx, merge.actionId, actionId))) throw undoneAlready();
  await tx.update(merges).set({ undoneAt: now }).where(eq(merges.actionId, merge.actionId));
  const others = await listOthers(tx, merge);
  // Whoever voted for another topic that is still merged into that one has a vote there all the same.
  for (const other of others) {
    const copied = await copyVotesOf(tx, other.topicId, intoId, returned.voterIds);
    await noteVotes(tx, other.actionId, copied);
  }
  const later = others.find(({ actionId: id }) => id > merge.actionId);
  if (later) await handMarksOn(tx, merge, later.actionId);
  else await restoreMarks(tx, intoId, marks, merge.at);
  await recordEvent(tx, { kind: 'topic-unmerged', ...about, data: { actionId, from: intoId } });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

interface MergeInForce {
  readonly actionId: ActionId;
  readonly intoId: TopicId;
  readonly at: Date;
}

async function findMerge(tx: Tx, topicId: TopicId): Promise<MergeInForce> {
  const [merge] = await tx
    .select({ actionId: merges.actionId, intoId: merges.intoId, at: actions.at })
    .from(merges)
    .innerJoin(actions, eq(actions.id, merges.actionId))
    .where(and(eq(merges.topicId, topicId), isNull(merges.undoneAt)));
  if (!merge) throw undoneAlready();
  return merge;
}

function undoneAlready(): Problem {
  return new Problem('conflict', 'This topic is not merged into another one (any more).');
}

async function loadParts(tx: Tx, actionId: ActionId) {
  const touched = await tx
    .select({ id: actionPosts.postId })
    .from(actionPosts)
    .where(eq(actionPosts.actionId, actionId))
    .orderBy(asc(actionPosts.postId));
  const moved = await tx
    .select({ id: mergedSources.sourceId })
    .from(mergedSources)
    .where(eq(mergedSources.actionId, actionId));
  const marks = await tx.select().from(mergedMarks).where(eq(mergedMarks.actionId, actionId));
  return {
    postIds: touched.map(({ id }) => id),
    sourceIds: moved.map(({ id }) => id),
    voterIds: marks.filter(({ kind }) => kind === 'vote').map(({ memberId }) => memberId),
    marks: marks.filter(({ kind }) => kind === 'visit'),
  };
}

/** The other merges into the same topic that stand, in their order. */
function listOthers(tx: Tx, { actionId, intoId }: MergeInForce) {
  return tx
    .select({ actionId: merges.actionId, topicId: merges.topicId })
    .from(merges)
    .where(and(eq(merges.intoId, intoId), isNull(merges.undoneAt), ne(merges.actionId, actionId)))
    .orderBy(asc(merges.actionId));
}

/**
 * While a later merge stands, the marks stay as low as both made them: what the first one found is what undoing the last
 * one restores. Not for members who have been there in between.
 */
async function handMarksOn(tx: Tx, { actionId, intoId, at }: MergeInForce, laterId: ActionId): Promise<void> {
  const given = tx
    .select({
      actionId: sql<ActionId>`${laterId}::bigint`.as('action_id'),
      memberId: mergedMarks.memberId,
      kind: mergedMarks.kind,
      seenBefore: mergedMarks.seenBefore,
      previousBefore: mergedMarks.previousBefore,
    })
    .from(mergedMarks)
    .leftJoin(
      visits,
      and(eq(visits.memberId, mergedMarks.memberId), eq(visits.topicId, intoId), gt(visits.visitedAt, at)),
    )
    .where(and(eq(mergedMarks.actionId, actionId), eq(mergedMarks.kind, 'visit'), isNull(visits.memberId)));
  await tx
    .insert(mergedMarks)
    .select(given)
    .onConflictDoUpdate({
      target: [mergedMarks.actionId, mergedMarks.memberId, mergedMarks.kind],
      set: {
        seenBefore: sql`excluded.seen_before`,
        previousBefore: sql`excluded.previous_before`,
      },
    });
}
