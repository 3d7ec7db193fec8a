// A member who is gone, in talks: what was said stays, for those who decided upon it; who said it does not.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { queueMessages } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

/** Takes a member's name off what they said in talks. @returns off how many messages */
export async function forgetTalker(tx: Tx, memberId: MemberId): Promise<number> {
  const { rowCount } = await tx
    .update(queueMessages)
    .set({ authorId: null })
    .where(eq(queueMessages.authorId, memberId));
  return rowCount ?? 0;
}
