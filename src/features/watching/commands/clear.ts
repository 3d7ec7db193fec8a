// Clearing away what a rule came too late for: a wave of spam, in one press. Each post and each member is a transaction and
// a decision in the log of its own, so that a press that breaks off has done a part, and the next one does the rest.
import type { Database, Tx } from '../../../db/connection.ts';
import { WATCH } from '../../../domain/moderation-limits.ts';
import { mayModerate } from '../../../domain/policy/moderation.ts';
import type { WatchPattern } from '../../../domain/watch.ts';
import { authorize, Problem } from '../../../web/problem.ts';
import type { Decision } from '../../log/index.ts';
import { hidePosts, refusePost } from '../../moderation/index.ts';
import { sanctionMember } from '../../sanctions/index.ts';
import { newMembersOf } from '../new-members.ts';
import { findWritten } from '../queries/written.ts';

export interface Clearing extends Omit<Decision, 'queueItemId'> {
  readonly rule: WatchPattern;
  /** Whether posts are hidden, and those awaiting approval refused. */
  readonly hides: boolean;
  /** For how long new members who posted them are suspended, and all they wrote is hidden; null: they are not. */
  readonly suspendsFor: number | null;
}

export interface Cleared {
  readonly suspended: number;
  /** Besides what went with the members who were suspended. */
  readonly hidden: number;
  readonly refused: number;
}

/** Does as much of it as one press does: pressed again, it goes on. What others decided meanwhile stays. */
export async function clearWritten(db: Database, order: Clearing): Promise<Cleared> {
  const { by, rule, hides, suspendsFor, reason, now } = order;
  authorize(mayModerate(by, now));
  const { posts } = await findWritten(db, rule, now);
  const decision = { by, reason, now };
  const cleared = { suspended: 0, hidden: 0, refused: 0 };
  let left: number = WATCH.clearedMost;
  const suspended = new Set<number>();
  for (const id of suspendsFor === null ? [] : newMembersOf(posts).slice(0, left)) {
    const until = new Date(now.getTime() + (suspendsFor ?? 0));
    const order = { ...decision, kind: 'suspension', memberId: id, until, hideAll: true } as const;
    if (await attempt(db, (tx) => sanctionMember(tx, order))) {
      cleared.suspended += 1;
      suspended.add(id);
    }
    left -= 1;
  }
  const others = hides ? posts.filter(({ author }) => !suspended.has(author.id)) : [];
  for (const { id: postId, state } of others.slice(0, left)) {
    const held = state === 'held';
    const done = await attempt(db, (tx) =>
      held
        ? refusePost(tx, { ...decision, postId })
        : hidePosts(tx, { ...decision, postId, withReplies: false }),
    );
    if (done) cleared[held ? 'refused' : 'hidden'] += 1;
  }
  return cleared;
}

/** @returns false when it is not to be done (any more): another moderator was faster, or it is the moderator's own. */
async function attempt(db: Database, change: (tx: Tx) => Promise<unknown>): Promise<boolean> {
  try {
    await db.transaction(change);
    return true;
  } catch (error) {
    if (error instanceof Problem) return false;
    throw error;
  }
}
