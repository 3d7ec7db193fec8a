// A member who is gone, in the record: what was done, and why, stays; to whom and by whom does not.
import { and, eq, inArray, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/connection.ts';
import { actions } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

const BATCH = 1_000;

/**
 * Takes a member's name off a batch of actions, and what only concerned them with it: notes about them, and names and
 * texts of theirs that were taken away. @returns how many that were
 */
export async function forgetInLog(tx: Tx, memberId: MemberId): Promise<number> {
  const actionsWhere = (column: PgColumn) =>
    inArray(actions.id, tx.select({ id: actions.id }).from(actions).where(eq(column, memberId)).limit(BATCH));
  const acted = await tx.update(actions).set({ actorId: null }).where(actionsWhere(actions.actorId));
  const noted = await tx
    .delete(actions)
    .where(and(eq(actions.memberId, memberId), eq(actions.kind, 'note')));
  const concerned = await tx
    .update(actions)
    .set({ memberId: null, data: sql`${actions.data} - 'before'` })
    .where(actionsWhere(actions.memberId));
  return (acted.rowCount ?? 0) + (noted.rowCount ?? 0) + (concerned.rowCount ?? 0);
}
