// Appealing against a decision, and taking that back. One to each decision, whoever of those it concerns makes it.
import { and, eq, isNull } from 'drizzle-orm';
import { listConcerned } from '../../../db/concerned.ts';
import type { Tx } from '../../../db/connection.ts';
import { appeals } from '../../../db/schema/index.ts';
import { findAppeal } from '../../../db/statements.ts';
import type { ActionId } from '../../../domain/ids.ts';
import { mayAppeal, mayWithdrawAppeal } from '../../../domain/policy/appeals.ts';
import { isSelf, type Member } from '../../../domain/viewer.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { closeItem, lockItem, openQueueItem } from '../../queue-items/index.ts';
import { findAppealToDecide, findOpenItem, lockAction } from '../queries.ts';

interface Order {
  readonly by: Member;
  readonly actionId: ActionId;
  readonly now: Date;
}

/** Puts a decision before another moderator. @throws Problem when the member may not. */
export async function appeal(tx: Tx, order: Order & { readonly text: string }): Promise<void> {
  const { by, actionId, text, now } = order;
  const action = (await lockAction(tx, actionId)) ?? notFound('There is no such decision.');
  const earlier = await findAppeal(tx, actionId);
  // A form that was sent twice.
  if (earlier && isSelf(by, earlier.memberId) && earlier.text === text) return;
  const concerned = await listConcerned(tx, actionId);
  const facts = {
    ...action,
    concerned: concerned.some(({ memberId }) => isSelf(by, memberId)),
    undone: action.undoneById !== null,
    appellantId: earlier?.memberId ?? null,
  };
  authorize(mayAppeal(by, facts, now));
  await tx.insert(appeals).values({ actionId, memberId: by.id, text, openedAt: now });
  await openQueueItem(tx, { kind: 'appeal', subject: { appealedActionId: actionId }, now });
}

/** Takes an own appeal back, as long as nobody has decided it: another can be made then. @throws Problem denied or conflict. */
export async function withdrawAppeal(tx: Tx, { by, actionId, now }: Order): Promise<void> {
  // The item before the appeal, as when it is decided.
  const itemId = await findOpenItem(tx, actionId);
  if (itemId !== undefined) await lockItem(tx, itemId);
  const found = (await findAppealToDecide(tx, actionId)) ?? notFound('There is no such appeal.');
  authorize(mayWithdrawAppeal(by, found));
  if (itemId === undefined) throw new Problem('conflict');
  await tx.delete(appeals).where(and(eq(appeals.actionId, actionId), isNull(appeals.decidedAt)));
  await closeItem(tx, itemId, { actionId: null, now });
}
