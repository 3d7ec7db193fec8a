// What has to be known of a decision before somebody appeals against it or decides the appeal.
import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { listConcerned } from '../../db/concerned.ts';
import { actions, appeals, members, queueItems } from '../../db/schema/index.ts';
import { TOLD_KINDS } from '../../domain/appeals.ts';
import type { ActionKind } from '../../domain/actions.ts';
import type { ActionId, MemberId, PostId, QueueItemId, TopicId } from '../../domain/ids.ts';
import type { AppealDecisionFacts } from '../../domain/policy/appeals.ts';
import { countOthersInOffice } from '../sanctions/index.ts';

export interface AppealableAction {
  readonly id: ActionId;
  readonly kind: ActionKind;
  readonly at: Date;
  readonly actorId: MemberId | null;
  readonly undoneById: ActionId | null;
  readonly topicId: TopicId | null;
  readonly postId: PostId | null;
  readonly memberId: MemberId | null;
}

/** The decision, locked until the transaction ends: it is not undone while somebody appeals. */
export async function lockAction(tx: Tx, id: ActionId): Promise<AppealableAction | undefined> {
  const { kind, at, actorId, undoneById, topicId, postId, memberId } = actions;
  const [row] = await tx
    .select({ ...{ id: actions.id, kind, at, actorId, undoneById, topicId, postId, memberId } })
    .from(actions)
    .where(and(eq(actions.id, id), inArray(actions.kind, [...TOLD_KINDS])))
    .for('no key update');
  return row;
}

/** The open piece of work that an appeal is. */
export async function findOpenItem(db: Reader, actionId: ActionId): Promise<QueueItemId | undefined> {
  const [row] = await db
    .select({ id: queueItems.id })
    .from(queueItems)
    .where(and(eq(queueItems.appealedActionId, actionId), isNull(queueItems.closedAt)));
  return row?.id;
}

export interface AppealToDecide extends Omit<AppealDecisionFacts, 'concerned' | 'othersInOffice'> {
  readonly action: AppealableAction;
}

/** The appeal with the decision that it is against; undefined when it was taken back. */
export async function findAppealToDecide(
  db: Reader,
  actionId: ActionId,
): Promise<AppealToDecide | undefined> {
  const { kind, at, actorId, undoneById, topicId, postId, memberId } = actions;
  const [row] = await db
    .select({
      appellantId: appeals.memberId,
      openedAt: appeals.openedAt,
      decidedAt: appeals.decidedAt,
      action: { id: actions.id, kind, at, actorId, undoneById, topicId, postId, memberId },
    })
    .from(appeals)
    .innerJoin(actions, eq(actions.id, appeals.actionId))
    .where(eq(appeals.actionId, actionId));
  if (!row) return undefined;
  const { action, decidedAt, ...appeal } = row;
  return {
    ...appeal,
    action,
    actorId: action.actorId,
    decided: decidedAt !== null,
    undone: action.undoneById !== null,
  };
}

/** Whether a moderator is in office who neither made the decision nor is concerned by it. */
export async function areOthersInOffice(db: Reader, action: AppealableAction, now: Date): Promise<boolean> {
  const concerned = await listConcerned(db, action.id);
  const party = [
    ...concerned.map(({ memberId }) => memberId),
    ...(action.actorId === null ? [] : [action.actorId]),
  ];
  return (await countOthersInOffice(db, party, now)) > 0;
}

/** What a member is called. */
export async function findName(db: Reader, id: MemberId): Promise<string | undefined> {
  const [row] = await db.select({ name: members.name }).from(members).where(eq(members.id, id));
  return row?.name;
}
