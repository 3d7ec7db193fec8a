// A member who is gone, in the record of moderation: what was done, and why, stays; to whom and by whom does not.
import { eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Tx } from '../../db/connection.ts';
import { actions, appeals, flags } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

const BATCH = 1_000;

/** Takes a member's name off a batch of actions, appeals and flags. @returns off how many */
export async function forgetModerated(tx: Tx, memberId: MemberId): Promise<number> {
  const actionsWhere = (column: PgColumn) =>
    inArray(actions.id, tx.select({ id: actions.id }).from(actions).where(eq(column, memberId)).limit(BATCH));
  const acted = await tx.update(actions).set({ actorId: null }).where(actionsWhere(actions.actorId));
  const concerned = await tx.update(actions).set({ memberId: null }).where(actionsWhere(actions.memberId));
  const decided = await tx
    .update(appeals)
    .set({ decidedById: null })
    .where(eq(appeals.decidedById, memberId));
  return (
    (acted.rowCount ?? 0) +
    (concerned.rowCount ?? 0) +
    (decided.rowCount ?? 0) +
    (await forgetFlagger(tx, memberId))
  );
}

/** A flag says what moderators have still to look at. Its note is the member's own, and once that is decided it goes. */
async function forgetFlagger(tx: Tx, memberId: MemberId): Promise<number> {
  const own = tx.select({ id: flags.id }).from(flags).where(eq(flags.flaggerId, memberId)).limit(BATCH);
  const isOver = or(isNotNull(flags.outcome), isNotNull(flags.takenBackAt));
  const { rowCount } = await tx
    .update(flags)
    .set({ flaggerId: null, note: sql`case when ${isOver} then '' else ${flags.note} end` })
    .where(inArray(flags.id, own));
  return rowCount ?? 0;
}
