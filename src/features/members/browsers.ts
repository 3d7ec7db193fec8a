// In which browsers members logged in, as far as it is known: hashes of random marks (web/plugins/browser-mark.ts).
import { and, eq, gt, lte, notExists, sql } from 'drizzle-orm';
import type { Database, Tx } from '../../db/connection.ts';
import { memberBrowsers, members, sessions } from '../../db/schema/index.ts';
import { endOfSanction } from '../../db/standing.ts';
import type { MemberId } from '../../domain/ids.ts';
import { WINDOWS } from '../../domain/limits.ts';

export async function noteBrowser(tx: Tx, memberId: MemberId, browserHash: string, now: Date): Promise<void> {
  await tx
    .insert(memberBrowsers)
    .values({ memberId, browserHash, seenAt: now })
    .onConflictDoUpdate({
      target: [memberBrowsers.memberId, memberBrowsers.browserHash],
      set: { seenAt: now },
    });
}

/** Deletes what is old, but of members who are logged in somewhere, and of suspended ones: for these it is kept. */
export async function sweepBrowsers(db: Database, now: Date): Promise<void> {
  const open = db
    .select({ one: sql`1` })
    .from(sessions)
    .where(and(eq(sessions.memberId, memberBrowsers.memberId), gt(sessions.expiresAt, now)));
  const suspended = db
    .select({ one: sql`1` })
    .from(members)
    .where(
      and(eq(members.id, memberBrowsers.memberId), sql`${endOfSanction('suspension', now)} is not null`),
    );
  const tooOld = new Date(now.getTime() - WINDOWS.addressesKept);
  await db
    .delete(memberBrowsers)
    .where(and(lte(memberBrowsers.seenAt, tooOld), notExists(open), notExists(suspended)));
}
