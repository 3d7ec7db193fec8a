// Undoing actions, for other features.
import type { Tx } from '../../db/connection.ts';
import { actions } from '../../db/schema/index.ts';
import { eq } from 'drizzle-orm';
import type { ActionId } from '../../domain/ids.ts';
import { Problem } from '../../web/problem.ts';
import type { Decision } from '../log/index.ts';
import { restore } from '../moderation/index.ts';

/** Undoes an action by its counterpart. @throws Problem conflict when it was undone already. */
export async function undoAction(
  tx: Tx,
  order: Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId },
): Promise<ActionId> {
  const [action] = await tx
    .select({ kind: actions.kind })
    .from(actions)
    .where(eq(actions.id, order.actionId));
  if (action?.kind !== 'hide' && action?.kind !== 'refuse') throw new Problem('invalid');
  return restore(tx, order);
}
