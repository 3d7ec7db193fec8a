// One lock for all that must not be decided twice about one member.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { members } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';

/** Locks a member's row until the transaction ends: of two requests at once, the second sees what the first has done. */
export async function lockMember(tx: Tx, memberId: MemberId): Promise<void> {
  await tx.select({ id: members.id }).from(members).where(eq(members.id, memberId)).for('no key update');
}
