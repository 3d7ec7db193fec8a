// A member who is gone, in the record: what was done, and why, stays; to whom and by whom does not.
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/connection.ts';
import { actions, queueItems } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

const BATCH = 1_000;

/**
 * Takes a member's name off a batch of actions, and what only concerned them with it: notes about them, names and texts of
 * theirs that were taken away, and the pieces of work that were about them, which go with the account.
 * @returns how many actions that were
 */
export async function forgetInLog(tx: Tx, memberId: MemberId): Promise<number> {
  const actionsWhere = (column: PgColumn) =>
    inArray(actions.id, tx.select({ id: actions.id }).from(actions).where(eq(column, memberId)).limit(BATCH));
  const acted = await tx.update(actions).set({ actorId: null }).where(actionsWhere(actions.actorId));
  const noted = await tx.delete(actions).where(and(eq(actions.memberId, memberId), eq(actions.kind, 'note')));
  const concerned = await tx
    .update(actions)
    .set({ memberId: null, data: sql`${actions.data} - 'before'` })
    .where(actionsWhere(actions.memberId));
  const work = tx.select({ id: queueItems.id }).from(queueItems).where(eq(queueItems.memberId, memberId));
  const ofWork = tx.select({ id: actions.id }).from(actions).where(inArray(actions.queueItemId, work));
  const worked = await tx
    .update(actions)
    .set({ queueItemId: null })
    .where(inArray(actions.id, ofWork.limit(BATCH)));
  return [acted, noted, concerned, worked].reduce((sum, { rowCount }) => sum + (rowCount ?? 0), 0);
}
