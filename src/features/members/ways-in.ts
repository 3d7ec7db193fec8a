// By what a member can log in.
import { countDistinct, eq, isNotNull } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { identities, members, passkeys } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { WaysIn } from '../../domain/policy/ways-in.ts';

/** To be asked with the member's row locked, when one of them is about to go: two at once would each leave the other. */
export async function findWaysIn(db: Reader, memberId: MemberId): Promise<WaysIn> {
  const [row] = await db
    .select({
      hasPassword: isNotNull(members.passwordHash).mapWith(Boolean),
      passkeys: countDistinct(passkeys.id),
      identities: countDistinct(identities.id),
    })
    .from(members)
    .leftJoin(passkeys, eq(passkeys.memberId, members.id))
    .leftJoin(identities, eq(identities.memberId, members.id))
    .where(eq(members.id, memberId))
    .groupBy(members.id);
  return row ?? { hasPassword: false, passkeys: 0, identities: 0 };
}
