// Closing what is open about some posts at once: a decision about a post ends all work that waited for one.
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { queueItems, type QueueItemKind } from '../../db/schema/index.ts';
import type { ActionId, PostId, QueueItemId } from '../../domain/ids.ts';
import { isAbout, type QueueSubject } from './subject.ts';

export interface Closing {
  /** Only items of this kind; without it, all. */
  readonly kind?: QueueItemKind;
  /** Null: what they were about is over without a decision. */
  readonly actionId: ActionId | null;
  readonly now: Date;
}

/** Closes the open items about these posts. The posts are locked by the caller. */
export async function closeQueueItemsAbout(
  tx: Tx,
  postIds: readonly PostId[],
  { kind, actionId, now }: Closing,
): Promise<void> {
  await tx
    .update(queueItems)
    .set({ closedAt: now, closedByActionId: actionId, claimedById: null, claimedUntil: null })
    .where(
      and(
        inArray(queueItems.postId, [...postIds]),
        isNull(queueItems.closedAt),
        kind === undefined ? undefined : eq(queueItems.kind, kind),
      ),
    );
}

/** Closes the open item of this kind about a subject of any kind, if there is one. The subject is locked by the caller. */
export async function closeItemAbout(
  tx: Tx,
  subject: QueueSubject,
  { kind, actionId, now }: Closing & { readonly kind: QueueItemKind },
): Promise<void> {
  await tx
    .update(queueItems)
    .set({ closedAt: now, closedByActionId: actionId, claimedById: null, claimedUntil: null })
    .where(and(isAbout(subject), eq(queueItems.kind, kind), isNull(queueItems.closedAt)));
}

/** Closes one item, which the caller has locked. */
export async function closeItem(
  tx: Tx,
  id: QueueItemId,
  { actionId, now }: Pick<Closing, 'actionId' | 'now'>,
): Promise<void> {
  await tx
    .update(queueItems)
    .set({ closedAt: now, closedByActionId: actionId, claimedById: null, claimedUntil: null })
    .where(eq(queueItems.id, id));
}
