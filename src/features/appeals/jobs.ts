// Ends the appeal against a decision that was undone without it: there is nothing left to decide.
import { and, eq, isNull } from 'drizzle-orm';
import { actions, appeals } from '../../db/schema/index.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { closeItem, lockItem } from '../queue-items/index.ts';
import { findOpenItem } from './queries.ts';

export const settleAppealJob: JobHandler<'settle-appeal'> = async (db, { actionId }, now) => {
  await db.transaction(async (tx) => {
    const itemId = await findOpenItem(tx, actionId);
    if (itemId === undefined || (await lockItem(tx, itemId)).closedAt !== null) return;
    const [action] = await tx
      .select({ undoneById: actions.undoneById })
      .from(actions)
      .where(eq(actions.id, actionId));
    const decisionId = action?.undoneById ?? null;
    if (decisionId === null) return;
    await tx
      .update(appeals)
      .set({ decidedAt: now, outcome: 'reversed', decisionId })
      .where(and(eq(appeals.actionId, actionId), isNull(appeals.decidedAt)));
    await closeItem(tx, itemId, { actionId: decisionId, now });
  });
};
