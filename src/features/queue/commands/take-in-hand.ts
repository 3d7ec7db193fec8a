// What every decision about an item asks first, whatever the item is about.
import type { Tx } from '../../../db/connection.ts';
import { mayDecide } from '../../../domain/policy/moderation.ts';
import { authorize } from '../../../web/problem.ts';
import { type ItemDecision, type LockedItem, lockItem } from '../../queue-items/index.ts';

/**
 * Locks an item, after what it is about. A decision about an item that another has decided or holds, or that is not what
 * the moderator saw, goes no further.
 * @throws Problem conflict.
 */
export async function takeInHand(
  tx: Tx,
  { by, itemId, seenVersion, now }: Pick<ItemDecision, 'by' | 'itemId' | 'seenVersion' | 'now'>,
): Promise<LockedItem> {
  const item = await lockItem(tx, itemId);
  authorize(mayDecide(by, item, seenVersion, now));
  return item;
}
