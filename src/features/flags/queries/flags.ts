// A member's own flags on something, and the open ones of it as one sum.
import { and, eq, gte, isNull, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { flags, members } from '../../../db/schema/index.ts';
import type { FlagReason, FlagRecord, FlagSubject, OpenFlags } from '../../../domain/flags.ts';
import type { FlagId, MemberId } from '../../../domain/ids.ts';
import { startOfDay } from '../../../domain/times.ts';

export interface OwnFlag {
  readonly id: FlagId;
  readonly reason: FlagReason;
  readonly note: string;
  readonly weight: number;
}

/** The member's undecided flag on something. */
export async function findOwnFlag(
  db: Reader,
  memberId: MemberId,
  subject: FlagSubject,
): Promise<OwnFlag | undefined> {
  const { id, reason, note, weight } = flags;
  const [row] = await db
    .select({ id, reason, note, weight })
    .from(flags)
    .where(and(eq(flags.flaggerId, memberId), isOn(subject), undecided()));
  return row;
}

/** How many flags a member made since midnight (UTC), on whatever and whatever became of them. */
export async function countFlagsToday(db: Reader, memberId: MemberId, now: Date): Promise<number> {
  const [row] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(flags)
    .where(and(eq(flags.flaggerId, memberId), gte(flags.flaggedAt, startOfDay(now))));
  return row?.n ?? 0;
}

/** What became of the member's earlier flags. */
export async function loadFlagRecord(db: Reader, memberId: MemberId): Promise<FlagRecord> {
  const { flagsDecided, flagsUpheld } = members;
  const [row] = await db.select({ flagsDecided, flagsUpheld }).from(members).where(eq(members.id, memberId));
  return row ?? { flagsDecided: 0, flagsUpheld: 0 };
}

/** The undecided flags on something as one sum; `inQueue` when moderators have been called to it. */
export async function loadOpenFlags(
  db: Reader,
  subject: FlagSubject,
): Promise<OpenFlags & { readonly inQueue: boolean }> {
  const [row] = await db
    .select({
      totalWeight: sql<number>`coalesce(sum(${flags.weight}), 0)`,
      illegal: sql<number>`(count(*) filter (where ${flags.reason} = 'illegal'))::int`,
      oldestAt: sql<Date | null>`min(${flags.flaggedAt})`.mapWith(flags.flaggedAt),
      inQueue: sql<boolean>`coalesce(bool_or(${flags.queueItemId} is not null), false)`,
    })
    .from(flags)
    .where(and(isOn(subject), undecided()));
  return row ?? { totalWeight: 0, illegal: 0, oldestAt: null, inQueue: false };
}

export function isOn(subject: FlagSubject) {
  if ('postId' in subject) return eq(flags.postId, subject.postId);
  if ('memberId' in subject) return eq(flags.memberId, subject.memberId);
  return eq(flags.sourceId, subject.sourceId);
}

/** Flags that still ask for a decision. */
export function undecided() {
  return and(isNull(flags.takenBackAt), isNull(flags.outcome));
}
