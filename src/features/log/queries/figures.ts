// Figures about moderation, the same for everyone: how long decisions take, how many are undone on appeal, and for which
// rules they are made.
import { and, gte, inArray, isNotNull, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { actions, appeals, queueItems, type QueueItemKind } from '../../../db/schema/index.ts';
import { LOGGED_KINDS } from '../../../domain/actions.ts';

/** How long the moderators took over what came before them. */
export interface Waiting {
  /** Null: over all kinds together. */
  readonly kind: QueueItemKind | null;
  readonly items: number;
  readonly medianHours: number;
}

/** Decisions of one month under one rule. */
export interface MonthOfRule {
  /** "2026-04" */
  readonly month: string;
  /** Null: no rule was named. */
  readonly rule: number | null;
  readonly decisions: number;
  readonly automatic: number;
}

export interface Figures {
  readonly waiting: readonly Waiting[];
  readonly appealed: { readonly decided: number; readonly reversed: number };
  readonly months: readonly MonthOfRule[];
}

/** All figures from a moment on, in three queries. */
export async function loadFigures(db: Reader, since: Date): Promise<Figures> {
  const [waiting, [appealed], months] = await Promise.all([
    listWaiting(db, since),
    db
      .select({
        decided: sql<number>`count(*)::int`,
        reversed: sql<number>`(count(*) filter (where ${appeals.outcome} = 'reversed'))::int`,
      })
      .from(appeals)
      .where(and(isNotNull(appeals.outcome), gte(appeals.decidedAt, since))),
    listMonths(db, since),
  ]);
  return { waiting, appealed: appealed ?? { decided: 0, reversed: 0 }, months };
}

/** What a decision closed; what went away by itself, such as a flag taken back, kept nobody waiting. */
function listWaiting(db: Reader, since: Date): Promise<Waiting[]> {
  const { kind, openedAt, closedAt, closedByActionId } = queueItems;
  const hours = sql`extract(epoch from ${closedAt} - ${openedAt}) / 3600`;
  return db
    .select({
      kind: sql<QueueItemKind | null>`${kind}`,
      items: sql<number>`count(*)::int`,
      medianHours: sql<number>`percentile_cont(0.5) within group (order by ${hours})`.mapWith(Number),
    })
    .from(queueItems)
    .where(and(gte(closedAt, since), isNotNull(closedByActionId)))
    .groupBy(sql`grouping sets ((), (${kind}))`)
    .having(sql`count(*) > 0`)
    .orderBy(sql`grouping(${kind}) desc`, sql`count(*) desc`, kind);
}

function listMonths(db: Reader, since: Date): Promise<MonthOfRule[]> {
  const month = sql<string>`to_char(${actions.at} at time zone 'UTC', 'YYYY-MM')`;
  return db
    .select({
      month,
      rule: actions.rule,
      decisions: sql<number>`count(*)::int`,
      automatic: sql<number>`(count(*) filter (where ${actions.automatic}))::int`,
    })
    .from(actions)
    .where(and(inArray(actions.kind, [...LOGGED_KINDS]), gte(actions.at, since)))
    .groupBy(sql`1`, actions.rule);
}
