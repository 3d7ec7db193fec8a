// "Mark all read": all that was posted so far counts as seen. Not authorised: it is about nobody but the member.
import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { members, posts } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';

/** Lets everything that stands now count as read by the member; the marks of single topics stay as they are. */
export async function markAllRead(tx: Tx, memberId: MemberId): Promise<void> {
  const newest = sql`(select max(${posts.id}) from ${posts})`;
  await tx
    .update(members)
    .set({ readUpToPostId: sql`greatest(${members.readUpToPostId}, ${newest})` })
    .where(eq(members.id, memberId));
}
