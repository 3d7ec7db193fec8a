// Rows about members that tests of sanctions put in place.
import type { Database } from '../../../src/db/connection.ts';
import { flags, queueItems } from '../../../src/db/schema/index.ts';
import type { MemberId, QueueItemId } from '../../../src/domain/ids.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import type { MemberRow } from '../../support/make.ts';

const AT = new Date('2026-04-03T14:00:00Z');

/** Puts a member before the moderators. */
export async function putMemberInQueue(
  db: Database,
  memberId: MemberId,
  kind: 'flagged' | 'newcomer' | 'consent',
): Promise<QueueItemId> {
  const [item] = await db.insert(queueItems).values({ kind, memberId, openedAt: AT }).returning();
  if (!item) throw new Error('nothing was inserted');
  return item.id;
}

/** A member's flag on another. */
export async function flagMember(db: Database, memberId: MemberId, flaggerId: MemberId): Promise<void> {
  await db
    .insert(flags)
    .values({ memberId, flaggerId, reason: 'unkind', note: 'Look at the name', weight: 2, flaggedAt: AT });
}

/** A member's row as who acts. */
export function asModerator(row: MemberRow): Member {
  const free = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
  return { ...row, ...free, kind: 'member', trust: 'member' };
}
