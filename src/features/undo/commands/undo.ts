// Undoing a decision of any kind: whoever made the change knows how to take it back, here stands who is asked.
import { eq } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { actions } from '../../../db/schema/index.ts';
import type { ActionKind } from '../../../domain/actions.ts';
import type { ActionId } from '../../../domain/ids.ts';
import { mayUndo } from '../../../domain/policy/undoing.ts';
import { authorize, notFound, Problem } from '../../../web/problem.ts';
import { type Decision, markUndone } from '../../log/index.ts';
import {
  hideAgain,
  moveBack,
  restore,
  setSectionBack,
  undoLock,
  undoPin,
  undoUnlock,
  undoUnpin,
} from '../../moderation/index.ts';
import { liftSanction } from '../../sanctions/index.ts';
import { undoTagEdit, undoTagMerge, undoTagUnmerge } from '../../tagging/index.ts';
import { endWatchRule } from '../../watching/index.ts';
import { findAction } from '../queries/action.ts';
import { undoMerge, undoUnmerge } from './merges.ts';
import { undoSource } from './source.ts';
import { undoTags, undoTitle } from './topic.ts';

export type Undoing = Omit<Decision, 'queueItemId'> & { readonly actionId: ActionId };

/** By kind of what is undone. Each locks, asks whether it can be taken back, and records the action that does. */
const UNDOERS: Partial<Record<ActionKind, (tx: Tx, order: Undoing) => Promise<ActionId>>> = {
  hide: restore,
  refuse: restore,
  restore: hideAgain,
  'move-reply': moveBack,
  lock: undoLock,
  unlock: undoUnlock,
  pin: undoPin,
  unpin: undoUnpin,
  'edit-title': undoTitle,
  'edit-tags': undoTags,
  'edit-source': undoSource,
  'set-section': setSectionBack,
  'edit-tag': undoTagEdit,
  'merge-tags': undoTagMerge,
  'unmerge-tags': undoTagUnmerge,
  merge: undoMerge,
  unmerge: undoUnmerge,
  warn: liftSanction,
  silence: liftSanction,
  suspend: liftSanction,
  'ban-domain': endWatchRule,
  watch: endWatchRule,
};

/**
 * Undoes a decision and notes which one did.
 * @throws Problem not-found, denied, or conflict when it is undone already or what is there now is something else.
 */
export async function undoAction(tx: Tx, order: Undoing): Promise<ActionId> {
  const action = (await findAction(tx, order.actionId)) ?? notFound('There is no such decision.');
  authorize(mayUndo(order.by, action, order.now));
  const undo = UNDOERS[action.kind];
  if (!undo) throw new Problem('conflict', 'Nothing undoes this. Decide anew instead.');
  const undoId = await undo(tx, order);
  // Most have noted it themselves. Of two moderators at one moment, the one who waited finds the other's mark.
  await markUndone(tx, order.actionId, undoId);
  const [marked] = await tx
    .select({ by: actions.undoneById })
    .from(actions)
    .where(eq(actions.id, order.actionId));
  if (marked?.by !== undoId) throw new Problem('conflict', 'Another moderator has undone this already.');
  return undoId;
}
