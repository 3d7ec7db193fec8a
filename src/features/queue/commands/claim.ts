// Taking a queue item up, so that two moderators do not work on one thing, and laying it down again.
import { eq } from 'drizzle-orm';
import { concernedByItem } from '../../../db/concerned.ts';
import type { Tx } from '../../../db/connection.ts';
import { queueItems } from '../../../db/schema/index.ts';
import type { QueueItemId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayClaim, mayTakeUp } from '../../../domain/policy/moderation.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize } from '../../../web/problem.ts';
import { claimQueueItem, lockItem, releaseQueueItem } from '../../queue-items/index.ts';

interface Claim {
  readonly by: Member;
  readonly itemId: QueueItemId;
  readonly now: Date;
}

/** Claims an item, or prolongs an own claim. @throws Problem conflict, naming who holds it. */
export async function claimItem(tx: Tx, { by, itemId, now }: Claim): Promise<void> {
  const item = await lockItem(tx, itemId);
  const [about] = await tx
    .select({ concernedId: concernedByItem() })
    .from(queueItems)
    .where(eq(queueItems.id, itemId));
  authorize(mayTakeUp(by, { ...item, concernedId: about?.concernedId ?? null }, now));
  await claimQueueItem(tx, itemId, by.id, new Date(now.getTime() + WINDOWS.claim));
}

/** Ends an own claim; nobody's is nothing to end. @throws Problem conflict for another's. */
export async function releaseItem(tx: Tx, { by, itemId, now }: Claim): Promise<void> {
  authorize(mayClaim(by, await lockItem(tx, itemId), now));
  await releaseQueueItem(tx, itemId);
}
