// Decisions about an aggregator's link whose publisher nobody has found: its address is given, or it goes, or it stays as
// it is.
import type { Tx } from '../../../db/connection.ts';
import type { ActionId, SourceId, TopicId } from '../../../domain/ids.ts';
import { mayModerate } from '../../../domain/policy/moderation.ts';
import { authorize, Problem } from '../../../web/problem.ts';
import { recordAction } from '../../log/index.ts';
import { closeItem, type ItemDecision } from '../../queue-items/index.ts';
import {
  changeSource,
  lockSourceInPlace,
  removeSourceAsDecided,
  suggestedChange,
} from '../../sources/index.ts';
import { declineSuggestions, findAsked, settleSuggestion } from '../../suggestions/index.ts';
import { notSuggested } from './decide-suggestion.ts';
import { takeInHand } from './take-in-hand.ts';

/** @throws Problem when the item is not the moderator's to decide, or the address cannot be had. */
export async function decideLink(tx: Tx, order: ItemDecision, sourceId: SourceId): Promise<ActionId> {
  const { by, itemId: queueItemId, decision, reason, now } = order;
  const topicId = await lockSourceInPlace(tx, sourceId);
  await takeInHand(tx, order);
  const about = { by, topicId, sourceId, reason, now, queueItemId };
  switch (decision) {
    case 'apply':
      return giveAddress(tx, order, about);
    case 'remove-source':
      return removeSourceAsDecided(tx, about);
    case 'dismiss':
      return leaveLink(tx, order, about);
    default:
      throw new Problem('invalid');
  }
}

interface Place {
  readonly topicId: TopicId;
  readonly sourceId: SourceId;
}

/** The address that a member suggests, or that the moderator found. */
async function giveAddress(
  tx: Tx,
  { by, itemId: queueItemId, choice, address, reason, now }: ItemDecision,
  { topicId, sourceId }: Place,
): Promise<ActionId> {
  const asked = choice === undefined ? undefined : await findAsked(tx, choice, { sourceId });
  if (choice !== undefined && asked?.subject.kind !== 'address') throw notSuggested();
  const change = asked
    ? suggestedChange('address', asked.shown)
    : address && { kind: 'address' as const, address };
  if (change?.kind !== 'address') throw new Problem('invalid');
  const subject = { kind: 'address' as const, topicId, sourceId };
  await settleSuggestion(tx, { subject, value: change.address.key }, now);
  const actionId = await changeSource(tx, { by, topicId, sourceId, reason, now, queueItemId, change });
  await closeItem(tx, queueItemId, { actionId, now });
  return actionId;
}

/** The topic is worth having although nobody knows whose article it is. Nobody is asked again. */
async function leaveLink(
  tx: Tx,
  { by, itemId: queueItemId, reason, now }: ItemDecision,
  { topicId, sourceId }: Place,
): Promise<ActionId> {
  authorize(mayModerate(by, now));
  await declineSuggestions(tx, { sourceId }, now);
  const about = { actorId: by.id, topicId, queueItemId, reason, at: now };
  const actionId = await recordAction(tx, { kind: 'keep', ...about, data: { sourceId } });
  await closeItem(tx, queueItemId, { actionId, now });
  return actionId;
}
