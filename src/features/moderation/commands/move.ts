// Putting a reply, with all that stands below it, where it belongs; and putting it back.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions } from '../../../db/schema/index.ts';
import type { ActionId, PostId, TopicId } from '../../../domain/ids.ts';
import { mayMoveBack, mayMoveReply, type Place } from '../../../domain/policy/moves.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import {
  findDestination,
  findReplyToMove,
  moveReply,
  mustStandIn,
  recordEvent,
} from '../../threads/index.ts';
import { lockTopicRows } from './merge.ts';

/** What the record of a move keeps: from where, and to where. */
export interface MoveRecord {
  readonly from: Place;
  readonly to: Place;
  /** The topic that it came from, for the log; not there when it stayed in its topic. */
  readonly other?: TopicId;
}

/** Moves a reply with all below it. @throws Problem when the moderator may not, or it cannot stand there. */
export async function moveReplies(
  tx: Tx,
  order: Decision & { readonly postId: PostId; readonly to: Place },
): Promise<ActionId> {
  const found = await lockMove(tx, order.postId, order.to);
  authorize(mayMoveReply(order.by, found.reply, found.to, order.now));
  return carryOut(tx, order, found);
}

/**
 * Puts back what an action moved; replies that came below it since go along, since they answer it.
 * @throws Problem when the moderator may not, or it stands elsewhere by now.
 */
export async function moveBack(
  tx: Tx,
  order: Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId },
): Promise<ActionId> {
  const { postId, move } = await findMove(tx, order.actionId);
  const found = await lockMove(tx, postId, move.from);
  authorize(mayMoveBack(order.by, { ...found.reply, movedTo: move.to }, found.to, order.now));
  return carryOut(tx, order, found);
}

type Found = Awaited<ReturnType<typeof lockMove>>;

/** The reply and its new place, with both topics locked. */
async function lockMove(tx: Tx, postId: PostId, place: Place) {
  const before = (await findReplyToMove(tx, postId)) ?? notFound('There is no such post.');
  await lockTopicRows(tx, before.topicId, place.topicId);
  const reply = (await findReplyToMove(tx, postId)) ?? notFound('There is no such post.');
  mustStandIn(before.topicId, reply.topicId);
  const to = (await findDestination(tx, postId, place)) ?? notFound('There is no such place any more.');
  return { reply, to };
}

async function carryOut(tx: Tx, order: Decision, { reply, to }: Found): Promise<ActionId> {
  const { by, reason, now, queueItemId } = order;
  const depth = to.parent === null ? 0 : to.parent.depth + 1;
  const postIds = await moveReply(tx, reply, { ...to, depth });
  const away = reply.topicId !== to.topicId;
  const data: MoveRecord = {
    from: { topicId: reply.topicId, parentId: reply.parentId },
    to: { topicId: to.topicId, parentId: to.parentId },
    ...(away && { other: reply.topicId }),
  };
  const about = { actorId: by.id, at: now, topicId: to.topicId, postId: reply.id };
  const actionId = await recordAction(tx, {
    ...{ kind: 'move-reply', ...about, reason, postIds, data: { ...data } },
    ...(queueItemId !== undefined && { queueItemId }),
  });
  await recordEvent(tx, { kind: 'reply-moved', ...about, data: { actionId, from: reply.topicId } });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

async function findMove(tx: Tx, id: ActionId) {
  const [found] = await tx
    .select({ kind: actions.kind, postId: actions.postId, data: actions.data })
    .from(actions)
    .where(eq(actions.id, id));
  if (found?.kind !== 'move-reply' || found.postId === null) return notFound('There is no such decision.');
  return { postId: found.postId, move: found.data as unknown as MoveRecord };
}
