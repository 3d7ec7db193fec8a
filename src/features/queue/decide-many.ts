// Several items at once, as a wave of spam asks for it: each is decided by itself, so that one that cannot be leaves the
// others alone, and a request that breaks off loses nothing that it did.
import type { Database, Tx } from '../../db/connection.ts';
import { Problem } from '../../web/problem.ts';
import type { SeenItem } from './bulk-form.ts';

export interface Outcome {
  readonly done: number;
  /** Decided meanwhile, changed, held by another, or not this moderator's to decide: they stay in the queue. */
  readonly skipped: number;
}

/** @param decide what is done with each; its refusals skip the item, anything else is a fault. */
export async function decideEach(
  db: Database,
  items: readonly SeenItem[],
  decide: (tx: Tx, item: SeenItem) => Promise<unknown>,
): Promise<Outcome> {
  let done = 0;
  for (const item of items) {
    try {
      await db.transaction((tx) => decide(tx, item));
      done += 1;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
    }
  }
  return { done, skipped: items.length - done };
}
