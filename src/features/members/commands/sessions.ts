// Ending sessions.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { sessions } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';

/** Logs a member out everywhere. */
export async function endAllSessions(tx: Tx, memberId: MemberId): Promise<void> {
  await tx.delete(sessions).where(eq(sessions.memberId, memberId));
}
