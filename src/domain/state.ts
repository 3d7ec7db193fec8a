// The state of a post or topic. It has three owners (approval, author, moderators) and is derived here and nowhere
// else, so that undoing what one of them did can never undo what another did.

export interface StateFacts {
  /** When the post was held for approval; null once approved or never held. */
  readonly heldAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** Whether at least one hide is in force on it. */
  readonly hidden: boolean;
}

export type State = 'visible' | 'withdrawn' | 'held' | 'hidden';

/** hidden > held > withdrawn > visible: the moderators' word goes before approval, approval before the author's. */
export function stateOf(facts: StateFacts): State {
  if (facts.hidden) return 'hidden';
  if (facts.heldAt !== null) return 'held';
  if (facts.withdrawnAt !== null) return 'withdrawn';
  return 'visible';
}
