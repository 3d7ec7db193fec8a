// A member who is gone, in the record: what was done, and why, stays; to whom and by whom does not.
import { eq, inArray } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/connection.ts';
import { actions } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

const BATCH = 1_000;

/** Takes a member's name off a batch of actions. @returns off how many */
export async function forgetInLog(tx: Tx, memberId: MemberId): Promise<number> {
  const actionsWhere = (column: PgColumn) =>
    inArray(actions.id, tx.select({ id: actions.id }).from(actions).where(eq(column, memberId)).limit(BATCH));
  const acted = await tx.update(actions).set({ actorId: null }).where(actionsWhere(actions.actorId));
  const concerned = await tx.update(actions).set({ memberId: null }).where(actionsWhere(actions.memberId));
  return (acted.rowCount ?? 0) + (concerned.rowCount ?? 0);
}
