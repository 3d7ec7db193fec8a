// Lifting a sanction: exactly what its action did is undone. What was written and voted since stays.
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions, queueItems, sanctions } from '../../../db/schema/index.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';
import { mayLift } from '../../../domain/policy/sanctions.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { type Decision, markUndone, recordAction } from '../../log/index.ts';
import { liftHides, lockHiddenBy } from '../../moderation/index.ts';
import { closeItem } from '../../queue-items/index.ts';
import { recordEvent } from '../../threads/index.ts';
import { lockSubject } from '../lock-member.ts';

/** @throws Problem not-found, denied, or conflict when it was lifted already. */
export async function liftSanction(
  tx: Tx,
  { by, reason, now, actionId }: Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId },
): Promise<ActionId> {
  const memberId = await memberUnder(tx, actionId);
  await lockHiddenBy(tx, actionId);
  const subject = await lockSubject(tx, memberId, { withPosts: false });
  const [sanction] = await tx
    .select({ id: sanctions.id, kind: sanctions.kind, liftedAt: sanctions.liftedAt })
    .from(sanctions)
    .where(eq(sanctions.actionId, actionId));
  if (!sanction) return notFound('There is no such decision.');
  authorize(mayLift(by, subject, sanction, now));
  const liftId = await recordAction(tx, {
    kind: 'lift',
    actorId: by.id,
    reason,
    at: now,
    memberId,
    data: { what: `a ${sanction.kind}`, undone: actionId },
  });
  if (!(await markUndone(tx, actionId, liftId))) {
    throw new Problem('conflict', 'Another moderator has undone this already.');
  }
  await tx.update(sanctions).set({ liftedAt: now, liftedById: liftId }).where(eq(sanctions.id, sanction.id));
  await liftHides(tx, { actionId, byActionId: liftId, now });
  await dropProposal(tx, memberId, { suspensionId: actionId, liftId, now });
  await recordEvent(tx, {
    kind: 'sanction-lifted',
    actorId: by.id,
    data: { actionId: liftId, memberId },
    at: now,
  });
  await enqueue(tx, 'notify-of-action', { actionId: liftId });
  return liftId;
}

/** Whom a sanction is on: it never changes, so that it can be read before anything is locked. */
async function memberUnder(tx: Tx, actionId: ActionId): Promise<MemberId> {
  const [row] = await tx
    .select({ memberId: sanctions.memberId })
    .from(sanctions)
    .where(eq(sanctions.actionId, actionId));
  return row?.memberId ?? notFound('There is no such decision.');
}

/** That it be for good is not to be decided any more of what is lifted, if it was not decided yet. */
async function dropProposal(
  tx: Tx,
  memberId: MemberId,
  { suspensionId, liftId, now }: { suspensionId: ActionId; liftId: ActionId; now: Date },
): Promise<void> {
  const consentTo = sql`select from ${actions} as consent where consent.member_id = ${memberId}
    and consent.data->'proposal' = to_jsonb(${actions.id})`;
  const [proposal] = await tx
    .select({ id: actions.id })
    .from(actions)
    .where(
      and(
        eq(actions.memberId, memberId),
        eq(actions.kind, 'propose-ban'),
        sql`${actions.data}->'suspension' = to_jsonb(${suspensionId}::bigint)`,
        sql`not exists (${consentTo})`,
      ),
    );
  if (!proposal || !(await markUndone(tx, proposal.id, liftId))) return;
  const [open] = await tx
    .select({ id: queueItems.id })
    .from(queueItems)
    .where(
      and(eq(queueItems.memberId, memberId), eq(queueItems.kind, 'consent'), isNull(queueItems.closedAt)),
    )
    .for('no key update');
  if (open) await closeItem(tx, open.id, { actionId: liftId, now });
}
