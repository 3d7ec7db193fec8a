// Deciding an appeal: the decision stands, or is undone. By another moderator than the one who made it, while there is one.
import { eq } from 'drizzle-orm';
import { listConcerned } from '../../../db/concerned.ts';
import type { Tx } from '../../../db/connection.ts';
import { type AppealOutcome, appeals } from '../../../db/schema/index.ts';
import { ACTIONS } from '../../../domain/actions.ts';
import type { ActionId } from '../../../domain/ids.ts';
import { mayDecideAppeal } from '../../../domain/policy/appeals.ts';
import { mayDecide } from '../../../domain/policy/moderation.ts';
import { isSelf } from '../../../domain/viewer.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { markUndone, recordAction } from '../../log/index.ts';
import { closeItem, type ItemDecision, lockItem } from '../../queue-items/index.ts';
import { undoAction } from '../../undo/index.ts';
import { type AppealToDecide, areOthersInOffice, findAppealToDecide } from '../queries.ts';

type Outcome = 'uphold' | 'reverse';
const OUTCOMES: Readonly<Record<Outcome, AppealOutcome>> = { uphold: 'upheld', reverse: 'reversed' };

/**
 * Decides an appeal. The item is locked before what undoing changes: nobody who holds a topic, post or member waits for
 * the item of an appeal (log/actions.ts leaves ending it to a job), so that this order can be in nobody's way.
 * @throws Problem denied for whoever made the decision or is concerned by it; conflict when it was decided or undone.
 */
export async function decideAppeal(tx: Tx, order: ItemDecision): Promise<ActionId> {
  const { by, itemId, decision, seenVersion, now } = order;
  const item = await lockItem(tx, itemId);
  authorize(mayDecide(by, item, seenVersion, now));
  if (item.appealedActionId === null || (decision !== 'uphold' && decision !== 'reverse')) {
    throw new Problem('invalid');
  }
  const found = (await findAppealToDecide(tx, item.appealedActionId)) ?? notFound('There is no such appeal.');
  const concerned = await listConcerned(tx, item.appealedActionId);
  const facts = {
    ...found,
    concerned: concerned.some(({ memberId }) => isSelf(by, memberId)),
    othersInOffice: await areOthersInOffice(tx, found.action, now),
  };
  authorize(mayDecideAppeal(by, facts, now));
  const decisionId = await record(tx, order, decision, found);
  await tx
    .update(appeals)
    .set({ decidedAt: now, decidedById: by.id, outcome: OUTCOMES[decision], decisionId })
    .where(eq(appeals.actionId, found.action.id));
  await closeItem(tx, itemId, { actionId: decisionId, now });
  await enqueue(tx, 'notify-of-action', { actionId: decisionId });
  return decisionId;
}

/** The outcome in the log, beside what it is about; reversing undoes that. */
async function record(
  tx: Tx,
  order: ItemDecision,
  kind: Outcome,
  { action, actorId }: AppealToDecide,
): Promise<ActionId> {
  const { by, reason, now, itemId: queueItemId } = order;
  const { id: appealed, topicId, postId, memberId } = action;
  const undoable = ACTIONS[action.kind].undoneBy !== null;
  if (kind === 'reverse' && undoable) await undoAction(tx, { by, reason, now, actionId: appealed });
  const alone = isSelf(by, actorId) ? { what: 'by the same moderator, the only one in office' } : {};
  const decisionId = await recordAction(tx, {
    ...{ kind, actorId: by.id, reason, at: now, queueItemId },
    ...(topicId !== null && { topicId }),
    ...(postId !== null && { postId }),
    ...(memberId !== null && { memberId }),
    data: { appealed, ...alone },
  });
  // What cannot be put back (a name, a profile's text) was wrong all the same, and the log says so.
  if (kind === 'reverse' && !undoable && !(await markUndone(tx, appealed, decisionId))) {
    throw new Problem('conflict', 'This has been undone already.');
  }
  return decisionId;
}
