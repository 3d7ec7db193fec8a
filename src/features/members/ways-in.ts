// By what a member can log in.
import { count, eq, isNotNull } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { members, passkeys } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { WaysIn } from '../../domain/policy/ways-in.ts';

/** To be asked with the member's row locked, when one of them is about to go. */
export async function findWaysIn(db: Reader, memberId: MemberId): Promise<WaysIn> {
  const [row] = await db
    .select({ hasPassword: isNotNull(members.passwordHash).mapWith(Boolean), passkeys: count(passkeys.id) })
    .from(members)
    .leftJoin(passkeys, eq(passkeys.memberId, members.id))
    .where(eq(members.id, memberId))
    .groupBy(members.id);
  return { hasPassword: row?.hasPassword ?? false, passkeys: row?.passkeys ?? 0, identities: 0 };
}
