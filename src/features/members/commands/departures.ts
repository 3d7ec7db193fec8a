// People on their way to another site and back.
import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { sessions } from '../../../db/schema/index.ts';
import { mayComeBack } from '../../../domain/policy/identities.ts';
import { type PendingProvider, sessionHash } from '../../../web/session-store.ts';

/**
 * Takes note that somebody is back, so that the same way back leads nobody in again: of several requests with one state,
 * one finds it.
 * @returns whether it still counts
 */
export async function takeDeparture(
  tx: Tx,
  sessionId: string,
  { state, since }: PendingProvider,
  now: Date,
): Promise<boolean> {
  const { rowCount } = await tx
    .update(sessions)
    .set({ data: sql`${sessions.data} - 'pendingProvider'` })
    .where(
      and(
        eq(sessions.idHash, sessionHash(sessionId)),
        sql`${sessions.data} #>> '{pendingProvider,state}' = ${state}`,
      ),
    );
  return rowCount === 1 && mayComeBack(new Date(since), now).allowed;
}
