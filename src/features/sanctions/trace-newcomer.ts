// New members who signed up in the browser, or from the network, of a member suspended now: put before the moderators,
// once, and kept from nothing. An office or a school shares its address; that is for people to judge.
import { and, desc, eq, gt, inArray, isNull, lte, ne, or, sql } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { memberBrowsers, sanctions, sessions, signIns, signUpTraces } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { TRACES } from '../../domain/moderation-limits.ts';
import { openQueueItem } from '../queue-items/index.ts';

/** Compares where a new member signed up with where suspended ones were. Done again, it finds nothing new. */
export async function traceNewcomer(tx: Tx, memberId: MemberId, now: Date): Promise<void> {
  const browsers = await findByBrowser(tx, memberId, now);
  const addresses = await findByAddress(tx, memberId, now);
  const found = [
    ...browsers.map((suspendedId) => ({ suspendedId, trace: 'browser' as const })),
    ...addresses.map((suspendedId) => ({ suspendedId, trace: 'address' as const })),
  ];
  if (found.length === 0) return;
  const noted = await tx
    .insert(signUpTraces)
    .values(found.map((trace) => ({ memberId, at: now, ...trace })))
    .onConflictDoNothing()
    .returning({ memberId: signUpTraces.memberId });
  if (noted.length > 0) await openQueueItem(tx, { kind: 'newcomer', subject: { memberId }, now });
}

async function findByBrowser(db: Reader, memberId: MemberId, now: Date): Promise<MemberId[]> {
  const own = db
    .select({ hash: memberBrowsers.browserHash })
    .from(memberBrowsers)
    .where(eq(memberBrowsers.memberId, memberId));
  const rows = await db
    .selectDistinct({ id: memberBrowsers.memberId })
    .from(memberBrowsers)
    .where(
      and(
        inArray(memberBrowsers.browserHash, own),
        inArray(memberBrowsers.memberId, suspendedBeside(db, memberId, now)),
      ),
    )
    .orderBy(desc(memberBrowsers.memberId))
    .limit(TRACES.mostPerNewcomer);
  return rows.map(({ id }) => id);
}

/** By the beginning of the address, as far as it is kept of logins and open sessions anyway. */
async function findByAddress(db: Reader, memberId: MemberId, now: Date): Promise<MemberId[]> {
  const own = db
    .select({ prefix: signIns.addressPrefix })
    .from(signIns)
    .where(and(eq(signIns.memberId, memberId), ne(signIns.addressPrefix, '')));
  const suspended = suspendedBeside(db, memberId, now);
  const rows = await db
    .select({ id: signIns.memberId })
    .from(signIns)
    .where(and(inArray(signIns.addressPrefix, own), inArray(signIns.memberId, suspended)))
    .union(
      db
        .select({ id: sql`${sessions.memberId}`.mapWith(signIns.memberId) })
        .from(sessions)
        .where(
          and(
            inArray(sessions.addressPrefix, own),
            inArray(sessions.memberId, suspended),
            gt(sessions.expiresAt, now),
          ),
        ),
    );
  return rows
    .map(({ id }) => id)
    .sort((a, b) => b - a)
    .slice(0, TRACES.mostPerNewcomer);
}

/** Members under a suspension that is in force. */
function suspendedBeside(db: Reader, memberId: MemberId, now: Date) {
  return db
    .select({ id: sanctions.memberId })
    .from(sanctions)
    .where(
      and(
        eq(sanctions.kind, 'suspension'),
        isNull(sanctions.liftedAt),
        lte(sanctions.startsAt, now),
        or(isNull(sanctions.endsAt), gt(sanctions.endsAt, now)),
        ne(sanctions.memberId, memberId),
      ),
    );
}
