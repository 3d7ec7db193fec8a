// Deciding queue items about members: flagged ones, and newcomers from where a suspended one was.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { queueItems } from '../../../db/schema/index.ts';
import { type ItemType, OFFERED } from '../../../domain/decisions.ts';
import type { ActionId, MemberId, QueueItemId } from '../../../domain/ids.ts';
import { mayDecide, maySanction } from '../../../domain/policy/moderation.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { settleFlags } from '../../flags/index.ts';
import { type NewAction, recordAction } from '../../log/index.ts';
import { clearProfile, takeNameAway } from '../../members/index.ts';
import { closeItem, type ItemDecision, lockItem } from '../../queue-items/index.ts';
import { recordEvent } from '../../threads/index.ts';
import { lockSubject } from '../lock-member.ts';
import { sanctionMember } from './sanction.ts';

/** @throws Problem conflict when it is decided, claimed by another, or not what `seenVersion` was; denied about oneself. */
export async function decideAboutMember(tx: Tx, order: ItemDecision): Promise<ActionId> {
  const { by, itemId, decision, seenVersion, now } = order;
  const memberId = await memberOfItem(tx, itemId);
  const subject = await lockSubject(tx, memberId, { withPosts: false });
  const item = await lockItem(tx, itemId);
  authorize(mayDecide(by, item, seenVersion, now));
  authorize(maySanction(by, subject, now));
  const offered: readonly string[] = OFFERED[`${item.kind} member` as ItemType] ?? [];
  if (!offered.includes(decision)) throw new Problem('invalid');
  const actionId = await decide(tx, order, memberId);
  if (item.kind === 'flagged')
    await settleFlags(tx, [{ memberId }], decision === 'keep' ? 'rejected' : 'upheld');
  await closeItem(tx, itemId, { actionId, now });
  return actionId;
}

/** The member an item is about: it never changes, so that it can be read before anything is locked. */
export async function memberOfItem(tx: Tx, itemId: QueueItemId): Promise<MemberId> {
  const [item] = await tx
    .select({ memberId: queueItems.memberId })
    .from(queueItems)
    .where(eq(queueItems.id, itemId));
  return item?.memberId ?? notFound('There is no such piece of work.');
}

function decide(tx: Tx, order: ItemDecision, memberId: MemberId): Promise<ActionId> {
  const { by, decision, reason, itemId: queueItemId, now } = order;
  switch (decision) {
    case 'keep':
      return recordAction(tx, { kind: 'keep', actorId: by.id, reason, at: now, memberId, queueItemId });
    case 'warn': {
      const warning = { by, reason, now, memberId, queueItemId, until: null, hideAll: false } as const;
      return sanctionMember(tx, { ...warning, kind: 'warning' });
    }
    case 'clear-profile':
      return clearTexts(tx, order, memberId);
    case 'rename':
      return renameMember(tx, order, memberId);
    default:
      throw new Problem('invalid');
  }
}

/** `before` is for moderators' eyes alone, and goes with the account. */
async function clearTexts(tx: Tx, order: ItemDecision, memberId: MemberId): Promise<ActionId> {
  const before = await clearProfile(tx, memberId);
  const actionId = await recordTold(tx, order, { kind: 'clear-profile', memberId, data: { before } });
  const event = { kind: 'profile-cleared', data: { actionId, memberId } } as const;
  await recordEvent(tx, { ...event, actorId: order.by.id, at: order.now });
  return actionId;
}

async function renameMember(tx: Tx, order: ItemDecision, memberId: MemberId): Promise<ActionId> {
  const { before } = await takeNameAway(tx, memberId, order.now);
  const actionId = await recordTold(tx, order, { kind: 'rename-member', memberId, data: { before } });
  const event = { kind: 'member-renamed', data: { actionId, memberId } } as const;
  await recordEvent(tx, { ...event, actorId: order.by.id, at: order.now });
  return actionId;
}

/** Writes an action into the record, and has the member told. */
async function recordTold(
  tx: Tx,
  { by, reason, itemId: queueItemId, now }: ItemDecision,
  action: Pick<NewAction, 'kind' | 'memberId' | 'data'>,
): Promise<ActionId> {
  const actionId = await recordAction(tx, { ...action, actorId: by.id, reason, at: now, queueItemId });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}
