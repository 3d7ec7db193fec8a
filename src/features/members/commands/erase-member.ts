// The end of an account: its row, with all that goes with it, and what stays of it. Whoever asks for it, and what becomes
// of the texts, is features/own-data's.
import { and, eq, gt, inArray, isNull, lte, max, or, sql } from 'drizzle-orm';
import type { Database, Reader, Tx } from '../../../db/connection.ts';
import { barredAddresses, formerNames, members, sanctions } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import { FOREVER } from '../../../domain/times.ts';
import { keyedDigest } from '../../../lib/keyed-digest.ts';

/** Under which an address is barred. @param key as emailKey writes it */
function addressDigest(secret: string, key: string): string {
  return keyedDigest(secret, 'barred address', key);
}

/** Who it was, for the mail that says that it is done. */
export interface Erased {
  readonly name: string;
  /** Null when there was none that the member had confirmed. */
  readonly email: string | null;
}

/**
 * Deletes a member's row, and with it sessions, factors, links, visits and whatever else is theirs alone. The name stays
 * reserved: nobody is to pass for who was here. Of a sanction that is in force the address stays barred until its end,
 * since otherwise deleting the account would be the way around it; that is all that is kept of sanctions.
 * @throws a violation of a foreign key while anything still names the member
 */
export async function eraseMember(
  tx: Tx,
  memberId: MemberId,
  secret: string,
  now: Date,
): Promise<Erased | undefined> {
  const [member] = await tx.select().from(members).where(eq(members.id, memberId)).for('update');
  if (!member) return undefined;
  const { name, nameKey, nameSkeleton, email } = member;
  const until = await endOfSanctions(tx, memberId, now);
  if (until && member.emailKey !== null) {
    await tx
      .insert(barredAddresses)
      .values({ digest: addressDigest(secret, member.emailKey), until })
      .onConflictDoUpdate({
        target: barredAddresses.digest,
        set: { until: sql`greatest(${barredAddresses.until}, excluded.until)` },
      });
  }
  await tx
    .insert(formerNames)
    .values({ nameKey, nameSkeleton, usedUntil: now })
    .onConflictDoUpdate({ target: formerNames.nameKey, set: { memberId: null, usedUntil: now } });
  await tx.delete(members).where(eq(members.id, memberId));
  return { name, email: member.confirmedAt === null ? null : email };
}

async function endOfSanctions(tx: Tx, memberId: MemberId, now: Date): Promise<Date | null> {
  const { kind, endsAt, liftedAt } = sanctions;
  const [row] = await tx
    .select({ until: max(sql`coalesce(${endsAt}, ${FOREVER})`).mapWith(endsAt) })
    .from(sanctions)
    .where(
      and(
        eq(sanctions.memberId, memberId),
        inArray(kind, ['silence', 'suspension']),
        isNull(liftedAt),
        or(isNull(endsAt), gt(endsAt, now)),
      ),
    );
  return row?.until ?? null;
}

/**
 * Until when nobody may have an address; null: it is free.
 * @param secrets the forum's, and its earlier ones, under which others may have been barred
 * @param key as emailKey writes it
 */
export async function findBar(
  db: Reader,
  secrets: readonly string[],
  key: string,
  now: Date,
): Promise<Date | null> {
  const digests = secrets.map((secret) => addressDigest(secret, key));
  const { digest, until } = barredAddresses;
  const [row] = await db
    .select({ until: max(until) })
    .from(barredAddresses)
    .where(and(inArray(digest, digests), gt(until, now)));
  return row?.until ?? null;
}

/** Deletes bars that have ended. */
export async function sweepBars(db: Database, now: Date): Promise<void> {
  await db.delete(barredAddresses).where(lte(barredAddresses.until, now));
}
