// Which decisions members are told of, how, and which of them they can appeal against.
import { ACTION_KINDS, ACTIONS, type ActionKind } from './actions.ts';

/** Leaves everything as it was, or is among moderators. */
const AMONG_MODERATORS: ReadonlySet<ActionKind> = new Set(['keep', 'note', 'propose-ban', 'decline-ban']);

/** What is told to those whom it concerns, and what they can read about on a page of its own. */
export const TOLD_KINDS: readonly ActionKind[] = ACTION_KINDS.filter(
  (kind) => ['post', 'topic', 'member'].includes(ACTIONS[kind].subject) && !AMONG_MODERATORS.has(kind),
);

/**
 * What takes something from somebody: a text from sight or its place, a word from the author, a right from the member.
 * Article 17 of the EU's Digital Services Act asks for reasons, Article 20 for a way to complain. Approving, restoring,
 * pinning and lifting take nothing; an appeal is decided once; roles are given and taken by those who run the forum.
 */
const APPEALABLE: ReadonlySet<ActionKind> = new Set([
  'refuse',
  'hide',
  'blank-revision',
  'move-reply',
  'lock',
  'edit-title',
  'set-section',
  'edit-tags',
  'edit-source',
  'merge',
  'warn',
  'silence',
  'suspend',
  'clear-profile',
  'rename-member',
]);

export function isAppealable(kind: ActionKind): boolean {
  return APPEALABLE.has(kind);
}

/** What gives back what was taken, and the outcome of an appeal: as important as what it undoes. */
const GIVES_BACK: ReadonlySet<ActionKind> = new Set([
  'restore',
  'unlock',
  'unmerge',
  'lift',
  'uphold',
  'reverse',
]);

/** Whether those whom it concerns get a mail besides: a friendly word (approved, pinned) can wait in the inbox. */
export function isMailed(kind: ActionKind): boolean {
  return APPEALABLE.has(kind) || GIVES_BACK.has(kind);
}
