// A member who is gone, in the flags that they made.
import { eq, inArray, isNotNull, or, sql } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { flags } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

const BATCH = 1_000;

/**
 * Takes a member's name off a batch of flags. A flag says what moderators have still to look at; its note is the member's
 * own, and once that is decided it goes. @returns off how many
 */
export async function forgetFlagger(tx: Tx, memberId: MemberId): Promise<number> {
  const own = tx.select({ id: flags.id }).from(flags).where(eq(flags.flaggerId, memberId)).limit(BATCH);
  const isOver = or(isNotNull(flags.outcome), isNotNull(flags.takenBackAt));
  const { rowCount } = await tx
    .update(flags)
    .set({ flaggerId: null, note: sql`case when ${isOver} then '' else ${flags.note} end` })
    .where(inArray(flags.id, own));
  return rowCount ?? 0;
}
