// Taking a queue item up, so that two moderators do not work on one thing, and laying it down again.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members, queueItems } from '../../../db/schema/index.ts';
import type { PostId, QueueItemId } from '../../../domain/ids.ts';
import { WINDOWS } from '../../../domain/limits.ts';
import { mayClaim, type QueueItemFacts } from '../../../domain/policy/moderation.ts';
import type { Member } from '../../../domain/viewer.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { claimQueueItem, releaseQueueItem } from '../../queue/index.ts';

export interface LockedItem extends QueueItemFacts {
  readonly kind: typeof queueItems.$inferSelect.kind;
  readonly postId: PostId | null;
}

interface Claim {
  readonly by: Member;
  readonly itemId: QueueItemId;
  readonly now: Date;
}

/** Claims an item, or prolongs an own claim. @throws Problem conflict, naming who holds it. */
export async function claimItem(tx: Tx, { by, itemId, now }: Claim): Promise<void> {
  authorize(mayClaim(by, await lockItem(tx, itemId), now));
  await claimQueueItem(tx, itemId, by.id, new Date(now.getTime() + WINDOWS.claim));
}

/** Ends an own claim; nobody's is nothing to end. @throws Problem conflict for another's. */
export async function releaseItem(tx: Tx, { by, itemId, now }: Claim): Promise<void> {
  authorize(mayClaim(by, await lockItem(tx, itemId), now));
  await releaseQueueItem(tx, itemId);
}

/** The item, locked until the transaction ends: after the topic and the post that it is about. @throws Problem not-found. */
export async function lockItem(tx: Tx, id: QueueItemId): Promise<LockedItem> {
  const [item] = await tx
    .select({
      kind: queueItems.kind,
      postId: queueItems.postId,
      closedAt: queueItems.closedAt,
      claimedById: queueItems.claimedById,
      claimedByName: members.name,
      claimedUntil: queueItems.claimedUntil,
      version: queueItems.version,
    })
    .from(queueItems)
    .leftJoin(members, eq(members.id, queueItems.claimedById))
    .where(eq(queueItems.id, id))
    .for('no key update', { of: queueItems });
  return item ?? notFound('There is no such piece of work.');
}
