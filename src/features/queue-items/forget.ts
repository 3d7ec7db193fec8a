// Work that a member had taken up who is gone.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { queueItems } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

/** Lays down all that a member ever claimed. @returns how much that was */
export async function releaseClaims(tx: Tx, memberId: MemberId): Promise<number> {
  const { rowCount } = await tx
    .update(queueItems)
    .set({ claimedById: null, claimedUntil: null })
    .where(eq(queueItems.claimedById, memberId));
  return rowCount ?? 0;
}
