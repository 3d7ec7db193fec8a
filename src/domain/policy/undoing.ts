// Rules about undoing what moderators decided, whatever kind of decision it was. Each is undone by a command of its own,
// which asks besides whether what is there now can be changed back.
import { type ActionKind, ACTIONS } from '../actions.ts';
import type { MemberId } from '../ids.ts';
import { allow, deny, denyForState, firstDenial, type Verdict } from '../verdict.ts';
import { isSelf, type Viewer } from '../viewer.ts';
import { mayModerate } from './moderation.ts';

export interface UndoFacts {
  readonly kind: ActionKind;
  readonly undone: boolean;
  /** Null: the forum itself, or a former member. */
  readonly actorId: MemberId | null;
  /** The member it is about, or whose post or topic. */
  readonly concernedId: MemberId | null;
}

/** What is taken back elsewhere, and where. */
const ELSEWHERE: Partial<Record<ActionKind, string>> = {
  'change-role': 'Roles are given and taken on the page of members under Administration.',
  'propose-ban': 'It waits in the queue: another moderator consents or declines.',
};

/** Whether the page for undoing takes a decision of this kind back. */
export function isUndoable(kind: ActionKind): boolean {
  return ACTIONS[kind].undoneBy !== null && ELSEWHERE[kind] === undefined;
}

/** Whether the viewer may undo a decision: nobody does about themselves, but for what they decided themselves. */
export function mayUndo(
  viewer: Viewer,
  { kind, undone, actorId, concernedId }: UndoFacts,
  now: Date,
): Verdict {
  const verdict = mayModerate(viewer, now);
  if (!verdict.allowed) return verdict;
  const elsewhere = ELSEWHERE[kind];
  if (elsewhere !== undefined) return denyForState(elsewhere);
  if (ACTIONS[kind].undoneBy === null) return denyForState('Nothing undoes this. Decide anew instead.');
  if (undone) return denyForState('It has been undone already.');
  if (isSelf(viewer, concernedId) && !isSelf(viewer, actorId))
    return deny('This is about you: another moderator decides.');
  return allow;
}

/** Whether a change may be reversed: only while what it made is still there. @param change.what "The title" */
export function mayReverse(
  viewer: Viewer,
  change: { readonly what: string; readonly stands: boolean },
  now: Date,
): Verdict {
  const stands = change.stands
    ? allow
    : denyForState(`${change.what} has been changed again since. Change it by hand, if it is wrong now.`);
  return firstDenial(mayModerate(viewer, now), stands);
}
