// Silencing and suspending members for a time.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members, sanctions } from '../../../db/schema/index.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';
import { maySanction } from '../../../domain/policy/moderation.ts';
import { spellDuration } from '../../../domain/times.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { recordEvent } from '../../threads/index.ts';
import { type Decision, recordAction } from '../../log/index.ts';

/** By kind of sanction: its action, and its event. */
const KINDS = {
  silence: { action: 'silence', event: 'member-silenced' },
  suspension: { action: 'suspend', event: 'member-suspended' },
} as const;

export interface SanctionOrder extends Omit<Decision, 'queueItemId'> {
  readonly kind: keyof typeof KINDS;
  readonly memberId: MemberId;
  readonly until: Date;
}

/** Silences or suspends a member from `now` on. @throws Problem not-found or denied. */
export async function sanctionMember(tx: Tx, order: SanctionOrder): Promise<ActionId> {
  const { by, kind, memberId, reason, until, now } = order;
  const { role } = await lockMemberRow(tx, memberId);
  authorize(maySanction(by, { memberId, role }, now));
  const { action, event } = KINDS[kind];
  // The log says for how long.
  const data = { what: `for ${spellDuration(until.getTime() - now.getTime())}` };
  const actionId = await recordAction(tx, { kind: action, actorId: by.id, reason, at: now, memberId, data });
  await tx.insert(sanctions).values({ memberId, kind, actionId, startsAt: now, endsAt: until });
  await recordEvent(tx, { kind: event, actorId: by.id, data: { actionId, memberId }, at: now });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

async function lockMemberRow(tx: Tx, id: MemberId) {
  const [member] = await tx
    .select({ role: members.role })
    .from(members)
    .where(eq(members.id, id))
    .for('no key update');
  return member ?? notFound('There is no such member.');
}
