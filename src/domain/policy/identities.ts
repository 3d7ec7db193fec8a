// Rules about accounts at other sites: whose they become.
import type { MemberId } from '../ids.ts';
import { WINDOWS } from '../limits.ts';
import { isWithin } from '../times.ts';
import { allow, deny, denyForState, type Verdict } from '../verdict.ts';

export interface IdentityFacts {
  readonly memberId: MemberId;
  /** Who has it already; null: nobody. */
  readonly ownerId: MemberId | null;
  /** Who asked for it in the settings; null: somebody came with it who was not logged in. */
  readonly askedBy: MemberId | null;
  /** Whether the address that comes with it is the member's own, and confirmed. */
  readonly sameAddress: boolean;
}

/**
 * Whether an account at another site may open a member's account from now on. An address in common is never enough for it
 * without the member being logged in: who they are there is the word of the site alone.
 */
export function mayConnectIdentity({ memberId, ownerId, askedBy, sameAddress }: IdentityFacts): Verdict {
  if (ownerId !== null && ownerId !== memberId)
    return denyForState('It is connected to another account here. Disconnect it there first.');
  if (askedBy === memberId || (askedBy === null && sameAddress)) return allow;
  return deny('Its e-mail address is that of another account here. Log in to that one.');
}

/** Whether somebody who left for another site may come back with what it says of them. */
export function mayComeBack(since: Date, now: Date): Verdict {
  return isWithin(WINDOWS.atProvider, since, now) ? allow : denyForState('This took too long. Begin again.');
}

/** Whether an account at another site that somebody came with still waits for what they make of it. */
export function mayGoOnWith(since: Date, now: Date): Verdict {
  return isWithin(WINDOWS.waitingIdentity, since, now)
    ? allow
    : denyForState('This took too long. Begin again.');
}
