// Moving a topic to the section where it belongs, and back.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions, sections } from '../../../db/schema/index.ts';
import type { ActionId, SectionId, TopicId } from '../../../domain/ids.ts';
import { maySetSection, maySetSectionBack } from '../../../domain/policy/topics.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { correctSection, lockTopic, type LockedTopic } from '../../threads/index.ts';

/** What the record of it keeps. */
export interface SectionRecord {
  readonly from: SectionId;
  readonly to: SectionId;
}

type SectionDecision = Decision & { readonly topicId: TopicId; readonly sectionId: SectionId };

/** Gives a topic another section. @throws Problem when the moderator may not, or there is none such. */
export async function setSection(tx: Tx, order: SectionDecision): Promise<ActionId> {
  const topic = (await lockTopic(tx, order.topicId)) ?? notFound('There is no such topic.');
  authorize(maySetSection(order.by, topic, order.now, order.sectionId));
  return carryOut(tx, order, topic);
}

/** Gives a topic the section back that an action took. @throws Problem also when it has yet another one by now. */
export async function setSectionBack(
  tx: Tx,
  order: Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId },
): Promise<ActionId> {
  const { topicId, from, to } = await findRecord(tx, order.actionId);
  const topic = (await lockTopic(tx, topicId)) ?? notFound('There is no such topic.');
  authorize(maySetSectionBack(order.by, { sectionId: topic.sectionId, given: to }, order.now));
  return carryOut(tx, { ...order, topicId, sectionId: from }, topic);
}

async function carryOut(tx: Tx, order: SectionDecision, topic: LockedTopic): Promise<ActionId> {
  const { by, reason, now, sectionId, queueItemId } = order;
  await correctSection(tx, { topic, actorId: by.id, now }, sectionId);
  const [section] = await tx.select({ name: sections.name }).from(sections).where(eq(sections.id, sectionId));
  const record: SectionRecord = { from: topic.sectionId, to: sectionId };
  const actionId = await recordAction(tx, {
    ...{ kind: 'set-section', actorId: by.id, at: now, topicId: topic.id, reason },
    data: { ...record, what: section?.name },
    ...(queueItemId !== undefined && { queueItemId }),
  });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

async function findRecord(tx: Tx, id: ActionId) {
  const [found] = await tx
    .select({ kind: actions.kind, topicId: actions.topicId, data: actions.data })
    .from(actions)
    .where(eq(actions.id, id));
  if (found?.kind !== 'set-section' || found.topicId === null) return notFound('There is no such decision.');
  return { topicId: found.topicId, ...(found.data as unknown as SectionRecord) };
}
