// A member who is gone, in the appeals that they made and decided.
import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { appeals, queueItems } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { closeItem, lockItem } from '../queue-items/index.ts';

/** Takes a member's name off the appeals they decided. @returns off how many */
export async function forgetDecider(tx: Tx, memberId: MemberId): Promise<number> {
  const { rowCount } = await tx
    .update(appeals)
    .set({ decidedById: null })
    .where(eq(appeals.decidedById, memberId));
  return rowCount ?? 0;
}

/** Ends an open appeal of a member: its text goes with the account, and nobody is left to decide it for. @returns how many */
export async function endAppealOf(tx: Tx, memberId: MemberId, now: Date): Promise<number> {
  const [open] = await tx
    .select({ id: queueItems.id })
    .from(appeals)
    .innerJoin(queueItems, eq(queueItems.appealedActionId, appeals.actionId))
    .where(and(eq(appeals.memberId, memberId), isNull(appeals.decidedAt), isNull(queueItems.closedAt)))
    .orderBy(asc(queueItems.id))
    .limit(1);
  if (!open) return 0;
  if ((await lockItem(tx, open.id)).closedAt === null) await closeItem(tx, open.id, { actionId: null, now });
  return 1;
}
