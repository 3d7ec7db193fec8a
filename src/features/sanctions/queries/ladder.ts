// A member's earlier sanctions, and the step of the ladder that comes next.
import { desc, eq } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { actions, members, type SanctionKind, sanctions } from '../../../db/schema/index.ts';
import type { ActionId, MemberId } from '../../../domain/ids.ts';
import { nextStep, type Step } from '../../../domain/ladder.ts';

export interface SanctionRow {
  readonly id: number;
  readonly actionId: ActionId;
  readonly kind: SanctionKind;
  readonly startsAt: Date;
  /** Null: a warning, or for good. */
  readonly endsAt: Date | null;
  readonly liftedAt: Date | null;
  readonly rule: number | null;
  readonly reason: string;
  /** Null: the forum itself, or a former member. */
  readonly by: string | null;
}

export interface Ladder {
  /** Newest first, lifted ones too. */
  readonly earlier: readonly SanctionRow[];
  /** What is suggested; lifted sanctions and old ones do not count. */
  readonly next: Step;
}

export async function loadLadder(db: Reader, memberId: MemberId, now: Date): Promise<Ladder> {
  const { id, actionId, kind, startsAt, endsAt, liftedAt } = sanctions;
  const { rule, reason } = actions;
  const earlier = await db
    .select({ id, actionId, kind, startsAt, endsAt, liftedAt, rule, reason, by: members.name })
    .from(sanctions)
    .innerJoin(actions, eq(actions.id, sanctions.actionId))
    .leftJoin(members, eq(members.id, actions.actorId))
    .where(eq(sanctions.memberId, memberId))
    .orderBy(desc(id));
  return { earlier, next: nextStep(earlier, now) };
}
