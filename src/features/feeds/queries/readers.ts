// Members as readers of their own feed.
import { and, eq, gt } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members } from '../../../db/schema/index.ts';
import { endOfSanction } from '../../../db/standing.ts';
import type { MemberId } from '../../../domain/ids.ts';
import type { Member } from '../../../domain/viewer.ts';
import type { OwnKey } from '../own-key.ts';

/**
 * The member whose present key this is. They come without an office: a feed is read by programs, and shows what every
 * member may see.
 */
export async function findReader(
  db: Reader,
  { memberId, version }: OwnKey,
  now: Date,
): Promise<Member | undefined> {
  const { id, name, joinedAt, confirmedAt, feedKeyVersion } = members;
  const [row] = await db
    .select({ id, name, joinedAt, confirmedAt, suspendedUntil: endOfSanction('suspension', now) })
    .from(members)
    .where(and(eq(id, memberId), eq(feedKeyVersion, version), gt(feedKeyVersion, 0)));
  return (
    row && { kind: 'member', ...row, role: 'member', trust: 'member', silencedUntil: null, leavingAt: null }
  );
}

/** Which of the member's keys is the present one; 0: there is none yet. */
export async function findKeyVersion(db: Reader, memberId: MemberId): Promise<number> {
  const [row] = await db
    .select({ version: members.feedKeyVersion })
    .from(members)
    .where(eq(members.id, memberId));
  return row?.version ?? 0;
}
