// The second moderator's word about a suspension for good.
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions } from '../../../db/schema/index.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';
import { mayDecide } from '../../../domain/policy/moderation.ts';
import { mayDecideBan } from '../../../domain/policy/sanctions.ts';
import { isSelf } from '../../../domain/viewer.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { markUndone, recordAction } from '../../log/index.ts';
import { closeItem, type ItemDecision, lockItem } from '../../queue-items/index.ts';
import { lockSubject } from '../lock-member.ts';
import { countOthersInOffice } from '../queries/office.ts';
import { memberOfItem } from './decide-about-member.ts';
import { impose } from './sanction.ts';

/**
 * Consents to what was proposed, and the member is suspended for good; or declines it, and the time they have stays.
 * @throws Problem denied to who proposed it, unless nobody else is in office; conflict when somebody was faster.
 */
export async function decideProposedBan(tx: Tx, order: ItemDecision): Promise<ActionId> {
  const { by, itemId, seenVersion, now } = order;
  const memberId = await memberOfItem(tx, itemId);
  const subject = await lockSubject(tx, memberId, { withPosts: false });
  const item = await lockItem(tx, itemId);
  authorize(mayDecide(by, item, seenVersion, now));
  const proposal = await findProposal(tx, memberId);
  const { proposerId, proposedAt } = proposal;
  const othersInOffice = await countOthersInOffice(tx, [by.id, memberId], now);
  authorize(mayDecideBan(by, subject, { proposerId, proposedAt, othersInOffice }, now));
  const actionId = await decide(tx, order, { ...proposal, memberId });
  await closeItem(tx, itemId, { actionId, now });
  return actionId;
}

interface Proposal {
  readonly id: ActionId;
  readonly proposerId: MemberId | null;
  readonly proposedAt: Date;
  readonly rule: number | null;
  readonly reason: string;
  readonly memberId: MemberId;
}

async function decide(tx: Tx, order: ItemDecision, proposal: Proposal): Promise<ActionId> {
  const { by, decision, reason, itemId: queueItemId, now } = order;
  const { id: proposalId, proposerId, memberId } = proposal;
  switch (decision) {
    case 'consent': {
      // What the member is told is why it was proposed; the log names the second moderator, the record both.
      const proposed = { rule: proposal.rule, text: proposal.reason };
      const ban = {
        by,
        kind: 'suspension',
        memberId,
        until: null,
        reason: proposed,
        now,
        queueItemId,
      } as const;
      const alone = isSelf(by, proposerId);
      const what = alone ? 'for good, by one moderator: no other is in office' : 'for good';
      return impose(tx, ban, { what, proposal: proposalId, consent: reason.text });
    }
    case 'decline': {
      const declined = {
        kind: 'decline-ban',
        actorId: by.id,
        reason,
        at: now,
        memberId,
        queueItemId,
      } as const;
      const actionId = await recordAction(tx, declined);
      await markUndone(tx, proposalId, actionId);
      return actionId;
    }
    default:
      throw new Problem('invalid');
  }
}

async function findProposal(tx: Tx, memberId: MemberId): Promise<Omit<Proposal, 'memberId'>> {
  const { id, actorId, at, rule, reason } = actions;
  const [proposal] = await tx
    .select({ id, proposerId: actorId, proposedAt: at, rule, reason })
    .from(actions)
    .where(and(eq(actions.memberId, memberId), eq(actions.kind, 'propose-ban'), isNull(actions.undoneById)))
    .orderBy(desc(id))
    .limit(1);
  return proposal ?? notFound('There is no such proposal.');
}
