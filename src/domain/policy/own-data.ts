// What members may do with their data: order a copy of it, and have the account deleted.
import { WINDOWS } from '../limits.ts';
import { SECOND, spellDuration } from '../times.ts';
import { allow, denyForPace, denyForState, type Verdict } from '../verdict.ts';
import type { Role } from '../viewer.ts';

/** What becomes of a deleted member's texts: withdrawn, or left under "former member". */
export type TextsLeft = 'withdraw' | 'leave';

export interface LastExport {
  readonly orderedAt: Date;
  readonly state: 'waiting' | 'ready' | 'failed';
}

/** Whether a member may order a copy of their data: one a day, and at once when the last one failed. */
export function mayOrderExport(last: LastExport | undefined, now: Date): Verdict {
  if (last === undefined || last.state === 'failed') return allow;
  const wait = last.orderedAt.getTime() + WINDOWS.betweenExports - now.getTime();
  if (wait <= 0) return allow;
  return denyForPace(
    `A copy of your data can be ordered once a day. You can order another in ${spellDuration(wait)}.`,
    wait / SECOND,
  );
}

export interface DeletionFacts {
  readonly role: Role;
  /** When the account will be deleted already; null: it stays. */
  readonly dueAt: Date | null;
  /** Admins beside this member who stay, counted with their rows locked: the last two could otherwise leave at once. */
  readonly otherAdmins: number;
}

/** Whether a member may ask for the account to be deleted. No sanction takes that right away. */
export function mayAskForDeletion({ role, dueAt, otherAdmins }: DeletionFacts): Verdict {
  if (dueAt !== null) return denyForState('You have asked for this already.');
  if (role === 'admin' && otherAdmins === 0)
    return denyForState('You are the only admin: make another member admin first.');
  return allow;
}

/** Whether a member may still keep the account. @param begunAt when deleting began; null: not yet */
export function mayKeepAccount(begunAt: Date | null): Verdict {
  return begunAt === null ? allow : denyForState('Your account is being deleted at this moment.');
}
