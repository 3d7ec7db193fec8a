// A suspension for good takes two moderators: one proposes it, and the member is suspended for a time at once.
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { queueItems } from '../../../db/schema/index.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';
import { SANCTIONS } from '../../../domain/moderation-limits.ts';
import { mayProposeBan } from '../../../domain/policy/sanctions.ts';
import { authorize } from '../../../web/problem.ts';
import { recordAction } from '../../log/index.ts';
import { openQueueItem } from '../../queue-items/index.ts';
import { lockSubject } from '../lock-member.ts';
import { sanctionMember, type SanctionOrder } from './sanction.ts';

/** Suspends for the time until a second moderator has decided, and calls for one. @returns the suspension's action */
export async function proposeBan(tx: Tx, order: Omit<SanctionOrder, 'kind' | 'until'>): Promise<ActionId> {
  const { by, memberId, reason, now } = order;
  const subject = await lockSubject(tx, memberId, { withPosts: order.hideAll });
  authorize(mayProposeBan(by, subject, { isProposed: await isProposed(tx, memberId) }, now));
  const until = new Date(now.getTime() + SANCTIONS.untilConsent);
  const suspensionId = await sanctionMember(tx, { ...order, kind: 'suspension', until });
  const queueItemId = await openQueueItem(tx, { kind: 'consent', subject: { memberId }, now });
  await recordAction(tx, {
    kind: 'propose-ban',
    actorId: by.id,
    reason,
    at: now,
    memberId,
    // By which the queue shows who proposed it, and why.
    queueItemId,
    data: { suspension: suspensionId },
  });
  return suspensionId;
}

async function isProposed(tx: Tx, memberId: MemberId): Promise<boolean> {
  const open = await tx
    .select({ id: queueItems.id })
    .from(queueItems)
    .where(
      and(eq(queueItems.memberId, memberId), eq(queueItems.kind, 'consent'), isNull(queueItems.closedAt)),
    );
  return open.length > 0;
}
