// Rules outlive whoever made or ended them.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { watchRules } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

/** Takes a member's name off the rules they made and ended. @returns how many that were */
export async function forgetRuleMaker(tx: Tx, memberId: MemberId): Promise<number> {
  const made = await tx.update(watchRules).set({ madeById: null }).where(eq(watchRules.madeById, memberId));
  const ended = await tx
    .update(watchRules)
    .set({ endedById: null })
    .where(eq(watchRules.endedById, memberId));
  return (made.rowCount ?? 0) + (ended.rowCount ?? 0);
}
