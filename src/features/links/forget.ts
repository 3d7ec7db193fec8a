// Sources whose member is gone stay with their topics.
import { eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { sources } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

const BATCH = 1_000;

/** Takes the name of who added them off a batch of sources. @returns off how many */
export async function forgetAdder(tx: Tx, memberId: MemberId): Promise<number> {
  const added = tx
    .select({ id: sources.id })
    .from(sources)
    .where(eq(sources.addedById, memberId))
    .limit(BATCH);
  const { rowCount } = await tx.update(sources).set({ addedById: null }).where(inArray(sources.id, added));
  return rowCount ?? 0;
}
