// A member who is gone, in the appeals that they decided.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { appeals } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

/** Takes a member's name off the appeals they decided. @returns off how many */
export async function forgetDecider(tx: Tx, memberId: MemberId): Promise<number> {
  const { rowCount } = await tx
    .update(appeals)
    .set({ decidedById: null })
    .where(eq(appeals.decidedById, memberId));
  return rowCount ?? 0;
}
