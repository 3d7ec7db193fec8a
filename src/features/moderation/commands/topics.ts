// The order of the house: locking and pinning topics, and undoing it.
import type { Tx } from '../../../db/connection.ts';
import type { ActionId, TopicId } from '../../../domain/ids.ts';
import { mayLockTopic, mayPinTopic, mayUnlockTopic, mayUnpinTopic } from '../../../domain/policy/topics.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize } from '../../../web/problem.ts';
import { type Decision, markUndoneInTopic, recordAction } from '../../log/index.ts';
import { lockTopicRow, recordEvent, setTopicLocked, setTopicPinned } from '../../threads/index.ts';

type TopicDecision = Decision & { readonly topicId: TopicId };

/** Locks a topic: it takes no more replies. @param order.since where it was locked before, and that was undone */
export async function lockTopic(tx: Tx, order: TopicDecision & { readonly since?: Date }): Promise<ActionId> {
  const { by, topicId, since, now } = order;
  authorize(mayLockTopic(by, await lockTopicRow(tx, topicId), now));
  const actionId = await record(tx, 'lock', order);
  await setTopicLocked(tx, topicId, since ?? now);
  await recordEvent(tx, {
    kind: 'topic-locked',
    actorId: by.id,
    topicId,

    data: { actionId },
    at: now,
  });
  return actionId;
}

/** Opens a locked topic again. */
export async function unlockTopic(tx: Tx, order: TopicDecision): Promise<ActionId> {
  const { by, topicId, now } = order;
  const topic = await lockTopicRow(tx, topicId);
  authorize(mayUnlockTopic(by, topic, now));
  const actionId = await record(tx, 'unlock', order, { lockedAt: topic.lockedAt });
  await markUndoneInTopic(tx, topicId, 'lock', actionId);
  await setTopicLocked(tx, topicId, null);
  await recordEvent(tx, {
    kind: 'topic-unlocked',
    actorId: by.id,
    topicId,

    data: { actionId },
    at: now,
  });
  return actionId;
}

/** Pins a topic to the top of the lists until `until`; a pinned one gets the new end. */
export async function pinTopic(tx: Tx, order: TopicDecision & { readonly until: Date }): Promise<ActionId> {
  const { by, topicId, until, now } = order;
  const topic = await lockTopicRow(tx, topicId);
  authorize(mayPinTopic(by, topic, now));
  const data = { until: until.toISOString() };
  const actionId = await record(tx, 'pin', order, { ...data, was: topic.pinnedUntil });
  await setTopicPinned(tx, topicId, until);
  await recordEvent(tx, {
    kind: 'topic-pinned',
    actorId: by.id,
    topicId,

    data: { actionId, ...data },
    at: now,
  });
  return actionId;
}

/** Ends a pin before its time. @param order.to an end that had come before it */
export async function unpinTopic(
  tx: Tx,
  order: TopicDecision & { readonly to?: Date | null },
): Promise<ActionId> {
  const { by, topicId, to = null, now } = order;
  const topic = await lockTopicRow(tx, topicId);
  authorize(mayUnpinTopic(by, topic, now));
  const actionId = await record(tx, 'unpin', order, { was: topic.pinnedUntil });
  await markUndoneInTopic(tx, topicId, 'pin', actionId);
  await setTopicPinned(tx, topicId, to);
  await recordEvent(tx, {
    kind: 'topic-unpinned',
    actorId: by.id,
    topicId,

    data: { actionId },
    at: now,
  });
  return actionId;
}

async function record(
  tx: Tx,
  kind: 'lock' | 'unlock' | 'pin' | 'unpin',
  { by, reason, now, topicId, queueItemId }: TopicDecision,
  data: Readonly<Record<string, unknown>> = {},
): Promise<ActionId> {
  const item = queueItemId === undefined ? {} : { queueItemId };
  const actionId = await recordAction(tx, { kind, actorId: by.id, reason, at: now, topicId, data, ...item });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}
