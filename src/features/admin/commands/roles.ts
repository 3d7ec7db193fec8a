// Gives a member a role, with the reason in the log.
import { asc, eq, or } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { mayAdminister, mayChangeRole } from '../../../domain/policy/administration.ts';
import type { Member, Role } from '../../../domain/viewer.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { setRole } from '../../members/index.ts';
import { recordAction } from '../../log/index.ts';
import { recordEvent } from '../../threads/index.ts';

export interface RoleGift {
  readonly admin: Member;
  readonly memberId: MemberId;
  readonly role: Role;
  /** A sentence for the public log. */
  readonly reason: string;
  readonly now: Date;
}

/** Changes a member's role; it counts from their next request on. */
export async function changeRole(tx: Tx, { admin, memberId, role, reason, now }: RoleGift): Promise<void> {
  // All admins at once and in order: two who depose each other wait here, and the second finds itself deposed.
  const locked = await tx
    .select({ id: members.id, role: members.role })
    .from(members)
    .where(or(eq(members.role, 'admin'), eq(members.id, memberId)))
    .orderBy(asc(members.id))
    .for('no key update');
  const admins = locked.filter((member) => member.role === 'admin');
  const stillAdmin = admins.some(({ id }) => id === admin.id);
  const viewer: Member = stillAdmin ? admin : { ...admin, role: 'member' };
  authorize(mayAdminister(viewer, now));
  const from = locked.find(({ id }) => id === memberId)?.role;
  if (!from) return notFound('There is no such member.');
  authorize(mayChangeRole(viewer, { memberId, from, to: role, admins: admins.length }, now));

  const number = await setRole(tx, memberId, role);
  const actionId = await recordAction(tx, {
    kind: 'change-role',
    actorId: admin.id,
    memberId,
    reason: { rule: null, text: reason },
    data: { what: `from ${from} to ${role}`, from, to: role, number },
    at: now,
  });
  await recordEvent(tx, {
    kind: 'role-changed',
    actorId: admin.id,
    at: now,
    data: { actionId, memberId, from, to: role },
  });
  await enqueue(tx, 'notify-of-action', { actionId });
}
