// A decision that was just taken, and what open pages ask for: who holds which item, and what was decided.
import { and, eq, gt, inArray, isNotNull, or } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import { actions, members, queueItems } from '../../../db/schema/index.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { ActionId, MemberId, QueueItemId } from '../../../domain/ids.ts';

export interface DoneRow {
  readonly id: ActionId;
  readonly kind: ActionKind;
  readonly actorId: MemberId | null;
  readonly undoneById: ActionId | null;
}

export async function findDone(db: Reader, id: ActionId): Promise<DoneRow | undefined> {
  const { kind, actorId, undoneById } = actions;
  const [row] = await db
    .select({ id: actions.id, kind, actorId, undoneById })
    .from(actions)
    .where(eq(actions.id, id));
  return row;
}

export interface ClaimRow {
  readonly id: QueueItemId;
  readonly claimedById: MemberId | null;
  readonly claimedByName: string | null;
  readonly claimedUntil: Date | null;
  readonly closedAt: Date | null;
  /** The decision that closed it, and by whom. */
  readonly decision: ActionKind | null;
  readonly decidedBy: string | null;
}

const claimer = alias(members, 'claimer');
const decider = alias(members, 'decider');

/** Those of these items that somebody holds now, or that are decided. */
export async function listClaims(db: Reader, ids: readonly QueueItemId[], now: Date): Promise<ClaimRow[]> {
  if (ids.length === 0) return [];
  const { id, claimedById, claimedUntil, closedAt } = queueItems;
  return db
    .select({
      ...{ id, claimedById, claimedUntil, closedAt },
      claimedByName: claimer.name,
      decision: actions.kind,
      decidedBy: decider.name,
    })
    .from(queueItems)
    .leftJoin(claimer, eq(claimer.id, claimedById))
    .leftJoin(actions, eq(actions.id, queueItems.closedByActionId))
    .leftJoin(decider, eq(decider.id, actions.actorId))
    .where(and(inArray(id, [...ids]), or(gt(claimedUntil, now), isNotNull(closedAt))))
    .orderBy(id);
}
