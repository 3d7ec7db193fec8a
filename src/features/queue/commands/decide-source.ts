// Decisions about flagged sources. To ban its domain is a rule of its own (features/watching), and decides no item.
import type { Tx } from '../../../db/connection.ts';
import { sources } from '../../../db/schema/index.ts';
import type { ActionId, SourceId } from '../../../domain/ids.ts';
import { mayKeepSource } from '../../../domain/policy/sources.ts';
import { authorize } from '../../../web/problem.ts';
import { eq } from 'drizzle-orm';
import { lockConcerned, settleFlags } from '../../flags/index.ts';
import { recordAction } from '../../log/index.ts';
import { closeItem, type ItemDecision } from '../../queue-items/index.ts';
import { lockSourceInPlace, removeSourceAsDecided } from '../../sources/index.ts';
import { takeInHand } from './take-in-hand.ts';

/** @throws Problem when the item or the source is not the moderator's to decide. */
export async function decideFlaggedSource(
  tx: Tx,
  order: ItemDecision,
  sourceId: SourceId,
): Promise<ActionId> {
  const { by, itemId: queueItemId, decision, reason, now } = order;
  const topicId = await lockSourceInPlace(tx, sourceId);
  await takeInHand(tx, order);
  if (decision === 'remove-source')
    return removeSourceAsDecided(tx, { by, topicId, sourceId, reason, now, queueItemId });
  const addedById = await findAdder(tx, sourceId);
  authorize(mayKeepSource(by, { addedById }, now));
  const about = { actorId: by.id, topicId, queueItemId, reason, at: now };
  const actionId = await recordAction(tx, { kind: 'keep', ...about, data: { sourceId } });
  await lockConcerned(tx, [{ sourceId }]);
  await settleFlags(tx, [{ sourceId }], 'rejected');
  await closeItem(tx, queueItemId, { actionId, now });
  return actionId;
}

async function findAdder(tx: Tx, id: SourceId) {
  const [source] = await tx.select({ addedById: sources.addedById }).from(sources).where(eq(sources.id, id));
  return source?.addedById ?? null;
}
