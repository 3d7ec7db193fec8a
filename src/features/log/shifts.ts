// When moderators are at work: a shift is their activity under /moderation with no pause longer than SHIFT_PAUSE in it.
// Written down after the answer, so that the page that tells what changed since the last shift still knows when that was.
import { eq, lte, sql } from 'drizzle-orm';
import type { Database, Reader } from '../../db/connection.ts';
import { shifts } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { SHIFT_LOOKS_BACK, SHIFT_NOTED_EVERY, SHIFT_PAUSE } from '../../domain/moderation-limits.ts';

/** Notes that a moderator is at work; seldom enough that a page costs no write. */
export async function noteWork(db: Database, memberId: MemberId, now: Date): Promise<void> {
  const ended = lte(shifts.seenAt, new Date(now.getTime() - SHIFT_PAUSE));
  await db
    .insert(shifts)
    .values({ memberId, beganAt: now, seenAt: now })
    .onConflictDoUpdate({
      target: shifts.memberId,
      set: {
        previousEndedAt: sql`case when ${ended} then ${shifts.seenAt} else ${shifts.previousEndedAt} end`,
        beganAt: sql`case when ${ended} then excluded.began_at else ${shifts.beganAt} end`,
        seenAt: sql`excluded.seen_at`,
      },
      setWhere: lte(shifts.seenAt, new Date(now.getTime() - SHIFT_NOTED_EVERY)),
    });
}

export interface LastShift {
  readonly since: Date;
  /** Whether the last shift is unknown, or so long ago that not all since then is told. */
  readonly cut: boolean;
}

/** When the shift before the present one ended. */
export async function findLastShift(db: Reader, memberId: MemberId, now: Date): Promise<LastShift> {
  const [row] = await db.select().from(shifts).where(eq(shifts.memberId, memberId));
  const earliest = new Date(now.getTime() - SHIFT_LOOKS_BACK);
  // Nothing has been noted of this one yet when it begins with this page.
  const begins = row !== undefined && now.getTime() - row.seenAt.getTime() >= SHIFT_PAUSE;
  const ended = begins ? row.seenAt : row?.previousEndedAt;
  return ended && ended > earliest ? { since: ended, cut: false } : { since: earliest, cut: true };
}
