// Reports of illegal content by people without an account: what an answer to them says, and whose time is over.
import { and, eq, isNotNull, isNull, lt, ne, or, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { actions, flags, queueItems, type FlagOutcome } from '../../../db/schema/index.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { FlagId, PostId } from '../../../domain/ids.ts';
import { emailKey } from '../../../domain/member-email.ts';
import { undecided } from './flags.ts';

export interface ReportRow {
  readonly postId: PostId | null;
  /** Null: none was given, or it is erased. */
  readonly email: string | null;
  readonly at: Date;
  readonly outcome: FlagOutcome | null;
  /** The decision; null before there is one, and when the post was dealt with apart from the queue. */
  readonly decision: {
    readonly kind: ActionKind;
    readonly automatic: boolean;
    readonly reason: string;
    readonly rule: number | null;
  } | null;
}

export async function findReport(db: Reader, id: FlagId): Promise<ReportRow | undefined> {
  const { postId, reporterEmail, flaggedAt, outcome } = flags;
  const { kind, automatic, reason, rule } = actions;
  const [row] = await db
    .select({
      postId,
      email: reporterEmail,
      at: flaggedAt,
      outcome,
      decision: { kind, automatic, reason, rule },
    })
    .from(flags)
    .leftJoin(queueItems, eq(queueItems.id, flags.queueItemId))
    .leftJoin(actions, eq(actions.id, queueItems.closedByActionId))
    .where(eq(flags.id, id));
  return row;
}

/** Whether a report of this post from this address waits for a decision. */
export async function isReported(db: Reader, postId: PostId, email: string): Promise<boolean> {
  const [row] = await db
    .select({ id: flags.id })
    .from(flags)
    .where(
      and(eq(flags.postId, postId), undecided(), eq(sql`lower(${flags.reporterEmail})`, emailKey(email))),
    )
    .limit(1);
  return row !== undefined;
}

/** Reports that were decided before a moment and still name somebody, for an UPDATE. */
export function decidedBefore(db: Reader, before: Date) {
  return db
    .select({ id: flags.id })
    .from(flags)
    .innerJoin(queueItems, eq(queueItems.id, flags.queueItemId))
    .where(
      and(
        isNull(flags.flaggerId),
        or(ne(flags.reporterName, ''), isNotNull(flags.reporterEmail)),
        isNotNull(flags.outcome),
        lt(queueItems.closedAt, before),
      ),
    );
}
