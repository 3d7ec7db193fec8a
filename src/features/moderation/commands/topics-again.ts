// The order of the house, undone: what lock, unlock, pin and unpin changed is set back to what it was before.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions } from '../../../db/schema/index.ts';
import type { ActionId, TopicId } from '../../../domain/ids.ts';
import { mayReverse } from '../../../domain/policy/undoing.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import type { Decision } from '../../log/index.ts';
import { lockTopicRow } from '../../threads/index.ts';
import { lockTopic, pinTopic, unlockTopic, unpinTopic } from './topics.ts';

type Undoing = Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId };

/** Undoes a lock. */
export async function undoLock(tx: Tx, order: Undoing): Promise<ActionId> {
  const { topicId } = await findRecord(tx, order.actionId);
  return unlockTopic(tx, { ...order, topicId });
}

/** Undoes an unlock: the topic is locked since when it was. */
export async function undoUnlock(tx: Tx, order: Undoing): Promise<ActionId> {
  const { topicId, data } = await findRecord(tx, order.actionId);
  const since = dateIn(data.lockedAt);
  return lockTopic(tx, { ...order, topicId, ...(since && { since }) });
}

/** Undoes a pin that stands: the end that was set before it holds again, if it had not come yet. */
export async function undoPin(tx: Tx, order: Undoing): Promise<ActionId> {
  const { topicId, data } = await findRecord(tx, order.actionId);
  const { pinnedUntil } = await lockTopicRow(tx, topicId);
  const stands = pinnedUntil?.getTime() === dateIn(data.until)?.getTime();
  authorize(mayReverse(order.by, { what: 'The pin', stands }, order.now));
  const was = dateIn(data.was);
  if (was && was > order.now) return pinTopic(tx, { ...order, topicId, until: was });
  return unpinTopic(tx, { ...order, topicId, to: was ?? null });
}

/** Undoes the end of a pin: it stands until when it did. */
export async function undoUnpin(tx: Tx, order: Undoing): Promise<ActionId> {
  const { topicId, data } = await findRecord(tx, order.actionId);
  const { pinnedUntil } = await lockTopicRow(tx, topicId);
  const until = dateIn(data.was);
  const stands = until !== undefined && until > order.now && !(pinnedUntil && pinnedUntil > order.now);
  authorize(mayReverse(order.by, { what: 'The pin', stands }, order.now));
  return until ? pinTopic(tx, { ...order, topicId, until }) : notFound('There is no such pin.');
}

function dateIn(value: unknown): Date | undefined {
  return typeof value === 'string' ? new Date(value) : undefined;
}

async function findRecord(
  tx: Tx,
  id: ActionId,
): Promise<{ topicId: TopicId; data: Readonly<Record<string, unknown>> }> {
  const { topicId, data } = actions;
  const [found] = await tx.select({ topicId, data }).from(actions).where(eq(actions.id, id));
  if (typeof found?.topicId !== 'number') return notFound('There is no such decision.');
  return { topicId: found.topicId, data: found.data };
}
