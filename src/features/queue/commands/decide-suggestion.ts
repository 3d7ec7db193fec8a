// Decisions about what members suggest and have not agreed on: one of it is applied, or the topic stays as it is.
import type { Tx } from '../../../db/connection.ts';
import type { ActionId, TopicId } from '../../../domain/ids.ts';
import { mayDeclineSuggestions } from '../../../domain/policy/suggestions.ts';
import { authorize, Problem } from '../../../web/problem.ts';
import { correctTopic, suggestedCorrection } from '../../corrections/index.ts';
import { recordAction } from '../../log/index.ts';
import { closeItem, type ItemDecision, raiseItem } from '../../queue-items/index.ts';
import { changeSource, suggestedChange } from '../../sources/index.ts';
import {
  type Asked,
  declineSuggestions,
  findAsked,
  isAsked,
  settleSuggestion,
} from '../../suggestions/index.ts';
import { lockTopicRow } from '../../threads/index.ts';
import { takeInHand } from './take-in-hand.ts';

/** @throws Problem when the item is not the moderator's to decide, or what was chosen cannot be applied. */
export async function decideSuggestions(tx: Tx, order: ItemDecision, topicId: TopicId): Promise<ActionId> {
  const { by, itemId: queueItemId, choice, decision, reason, now } = order;
  const topic = await lockTopicRow(tx, topicId);
  await takeInHand(tx, order);
  if (decision === 'dismiss') {
    authorize(mayDeclineSuggestions(by, topic, now));
    await declineSuggestions(tx, { topicId }, now);
    const about = { actorId: by.id, topicId, queueItemId, reason, at: now };
    const actionId = await recordAction(tx, { kind: 'keep', ...about });
    await closeItem(tx, queueItemId, { actionId, now });
    return actionId;
  }
  if (choice === undefined) throw new Problem('invalid');
  const asked = await findAsked(tx, choice, { topicId });
  if (!asked) throw notSuggested();
  await settleSuggestion(tx, asked, now);
  const actionId = await apply(tx, order, asked);
  // What else is suggested about the topic is another decision, for whoever has it before them.
  if (await isAsked(tx, topicId)) await raiseItem(tx, queueItemId);
  else await closeItem(tx, queueItemId, { actionId, now });
  return actionId;
}

function apply(tx: Tx, order: ItemDecision, { subject, shown }: Asked): Promise<ActionId> {
  const { by, itemId: queueItemId, reason, now } = order;
  const about = { by, queueItemId, reason, now, topicId: subject.topicId };
  return 'sourceId' in subject
    ? changeSource(tx, { ...about, sourceId: subject.sourceId, change: suggestedChange(subject.kind, shown) })
    : correctTopic(tx, { ...about, correction: suggestedCorrection(subject.kind, shown) });
}

export function notSuggested(): Problem {
  return new Problem('conflict', 'This is not suggested any more. Look at what is there now, then decide.');
}
