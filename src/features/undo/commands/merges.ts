// A merge, undone; and its undoing, undone.
import type { Tx } from '../../../db/connection.ts';
import type { ActionId, TopicId } from '../../../domain/ids.ts';
import { mayReverse } from '../../../domain/policy/undoing.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { mergeTopics, unmergeTopics } from '../../moderation/index.ts';
import { findAction } from '../queries/action.ts';
import type { Undoing } from './undo.ts';

/** Gives back what a merge moved. */
export async function undoMerge(tx: Tx, order: Undoing): Promise<ActionId> {
  return unmergeTopics(tx, { ...order, topicId: (await findTopics(tx, order)).topicId });
}

/** Merges two topics again, with what stands in the one that goes now. */
export async function undoUnmerge(tx: Tx, order: Undoing): Promise<ActionId> {
  const { topicId, other } = await findTopics(tx, order);
  authorize(mayReverse(order.by, { what: 'The other topic', stands: other !== undefined }, order.now));
  return mergeTopics(tx, { ...order, topicId, intoId: other ?? notFound() });
}

async function findTopics(tx: Tx, { actionId }: Undoing) {
  const action = await findAction(tx, actionId);
  if (typeof action?.topicId !== 'number') return notFound('There is no such decision.');
  const { other } = action.data;
  return { topicId: action.topicId, other: typeof other === 'number' ? (other as TopicId) : undefined };
}
