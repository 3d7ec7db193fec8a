// What has just been done, at the top of the page that comes next, with the way to undo it.
import { ACTIONS } from '../../../domain/actions.ts';
import type { Member } from '../../../domain/viewer.ts';
import { counted } from '../../../web/moments.ts';
import { paths } from '../../../web/paths.ts';
import type { DoneRow } from '../queries/done.ts';

export interface DoneFacts {
  /** The decision just taken. */
  readonly action: DoneRow | undefined;
  /** Of several items at once: how many were decided, and how many were left. */
  readonly several: { readonly done: number; readonly skipped: number } | undefined;
}

export interface DoneView {
  readonly text: string;
  /** '' where nothing undoes it. */
  readonly undoHref: string;
}

export function doneView({ action, several }: DoneFacts, viewer: Member): DoneView | null {
  if (several) {
    const { done, skipped } = several;
    const left =
      skipped === 0
        ? ''
        : ` ${counted(skipped, 'item was', 'items were')} left: somebody holds them, or they have changed.`;
    return { text: `${counted(done, 'item', 'items')} done.${left}`, undoHref: '' };
  }
  // Another moderator's decision in an address is nothing that this one has just done.
  if (action?.actorId !== viewer.id) return null;
  const { kind, undoneById, id } = action;
  const undoable = ACTIONS[kind].undoneBy !== null && undoneById === null;
  return { text: `${ACTIONS[kind].label}.`, undoHref: undoable ? paths.undo(id) : '' };
}
