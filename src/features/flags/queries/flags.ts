// A member's own flags, and the open ones of posts.
import { and, asc, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { flags, members, posts } from '../../../db/schema/index.ts';
import type { FlagReason, FlagRecord, OpenFlags } from '../../../domain/flags.ts';
import type { FlagId, MemberId, PostId } from '../../../domain/ids.ts';
import { startOfDay } from '../../../domain/times.ts';

export interface OwnFlag {
  readonly id: FlagId;
  readonly reason: FlagReason;
  readonly note: string;
  readonly weight: number;
}

/** The member's undecided flag on a post. */
export async function findOwnFlag(
  db: Reader,
  memberId: MemberId,
  postId: PostId,
): Promise<OwnFlag | undefined> {
  const { id, reason, note, weight } = flags;
  const [row] = await db
    .select({ id, reason, note, weight })
    .from(flags)
    .where(and(eq(flags.flaggerId, memberId), eq(flags.postId, postId), undecided()));
  return row;
}

/** How many flags a member made since midnight (UTC), whatever became of them. */
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

/** The undecided flags of a post as one sum; `inQueue` when moderators have been called to it. */
export async function loadOpenFlags(
  db: Reader,
  postId: PostId,
): Promise<OpenFlags & { readonly inQueue: boolean }> {
  const [row] = await db
    .select({
      totalWeight: sql<number>`coalesce(sum(${flags.weight}), 0)`,
      anyIllegal: sql<boolean>`coalesce(bool_or(${flags.reason} = 'illegal'), false)`,
      oldestAt: sql<Date | null>`min(${flags.flaggedAt})`.mapWith(flags.flaggedAt),
      inQueue: sql<boolean>`coalesce(bool_or(${flags.queueItemId} is not null), false)`,
    })
    .from(flags)
    .where(and(eq(flags.postId, postId), undecided()));
  return row ?? { totalWeight: 0, anyIllegal: false, oldestAt: null, inQueue: false };
}

export interface FlagRow {
  readonly postId: PostId;
  readonly reason: FlagReason;
  readonly note: string;
  /** Null: a visitor. */
  readonly by: string | null;
  readonly at: Date;
}

/** The undecided flags on these posts, oldest first. */
export async function listFlags(db: Reader, postIds: readonly PostId[]): Promise<FlagRow[]> {
  if (postIds.length === 0) return [];
  return db
    .select({
      postId: sql`${flags.postId}`.mapWith(posts.id),
      reason: flags.reason,
      note: flags.note,
      by: members.name,
      at: flags.flaggedAt,
    })
    .from(flags)
    .leftJoin(members, eq(members.id, flags.flaggerId))
    .where(and(inArray(flags.postId, [...postIds]), undecided()))
    .orderBy(asc(flags.id));
}

/** Flags that still ask for a decision. */
export function undecided() {
  return and(isNull(flags.takenBackAt), isNull(flags.outcome));
}
