// Who else could decide: what two of the rules ask for a second moderator ask first.
import { and, eq, isNull, ne, notInArray } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { deletions, members } from '../../../db/schema/index.ts';
import { endOfSanction } from '../../../db/standing.ts';
import type { MemberId } from '../../../domain/ids.ts';

/** How many moderators and admins there are beside these, neither suspended nor about to go. */
export async function countOthersInOffice(db: Reader, but: readonly MemberId[], now: Date): Promise<number> {
  const rows = await db
    .select({ id: members.id })
    .from(members)
    .leftJoin(deletions, eq(deletions.memberId, members.id))
    .where(
      and(
        ne(members.role, 'member'),
        but.length === 0 ? undefined : notInArray(members.id, [...but]),
        isNull(deletions.memberId),
        isNull(endOfSanction('suspension', now)),
      ),
    );
  return rows.length;
}
