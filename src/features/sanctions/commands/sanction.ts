// Warning, silencing and suspending members.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members, type SanctionKind, sanctions } from '../../../db/schema/index.ts';
import { endOfSanction } from '../../../db/standing.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';
import { mayImpose } from '../../../domain/policy/sanctions.ts';
import { spellDuration } from '../../../domain/times.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize } from '../../../web/problem.ts';
import { type Decision, recordAction } from '../../log/index.ts';
import { hideAllOf } from '../../moderation/index.ts';
import { recordEvent } from '../../threads/index.ts';
import { lockSubject } from '../lock-member.ts';

/** By kind of sanction: its action, and its event. */
const KINDS = {
  warning: { action: 'warn', event: 'member-warned' },
  silence: { action: 'silence', event: 'member-silenced' },
  suspension: { action: 'suspend', event: 'member-suspended' },
} as const;

export interface SanctionOrder extends Decision {
  readonly kind: SanctionKind;
  readonly memberId: MemberId;
  /** Null: a warning. What is for good is decided by two (decide-ban.ts). */
  readonly until: Date | null;
  /** Whether all that they posted is hidden with it, and comes back with it. */
  readonly hideAll: boolean;
}

/** Imposes a sanction from `now` on. @throws Problem not-found, denied, or conflict when as much is in force already. */
export async function sanctionMember(tx: Tx, order: SanctionOrder): Promise<ActionId> {
  const { by, kind, memberId, until, hideAll, now } = order;
  const subject = await lockSubject(tx, memberId, { withPosts: hideAll });
  const inForceUntil = kind === 'warning' ? null : await findEnd(tx, memberId, kind, now);
  authorize(mayImpose(by, subject, { until, inForceUntil }, now));
  const what = until === null ? {} : { what: `for ${spellDuration(until.getTime() - now.getTime())}` };
  const actionId = await impose(tx, order, what);
  if (hideAll) await hideAllOf(tx, { memberId, actionId, now });
  return actionId;
}

/** Action, sanction, event and notice. The member is locked, and whether it may be, was asked. */
export async function impose(
  tx: Tx,
  order: Omit<SanctionOrder, 'hideAll'>,
  data: Readonly<Record<string, unknown>>,
): Promise<ActionId> {
  const { by, kind, memberId, until, reason, now, queueItemId } = order;
  const { action, event } = KINDS[kind];
  const actionId = await recordAction(tx, {
    kind: action,
    actorId: by.id,
    reason,
    at: now,
    memberId,
    data,
    ...(queueItemId === undefined ? {} : { queueItemId }),
  });
  await tx.insert(sanctions).values({ memberId, kind, actionId, startsAt: now, endsAt: until });
  await recordEvent(tx, { kind: event, actorId: by.id, data: { actionId, memberId }, at: now });
  await enqueue(tx, 'notify-of-action', { actionId });
  return actionId;
}

async function findEnd(tx: Tx, memberId: MemberId, kind: SanctionKind, now: Date): Promise<Date | null> {
  const [row] = await tx
    .select({ until: endOfSanction(kind, now) })
    .from(members)
    .where(eq(members.id, memberId));
  return row?.until ?? null;
}
