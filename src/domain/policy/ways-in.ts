// What members log in with, and that one way in always stays.
import { allow, denyForState, type Verdict } from '../verdict.ts';

/** By what a member can log in; a second factor alone lets nobody in. */
export interface WaysIn {
  readonly hasPassword: boolean;
  readonly passkeys: number;
  /** Accounts elsewhere that log in here. */
  readonly identities: number;
}

/** Whether a member may give one of them up. */
export function mayGiveUpWayIn({ hasPassword, passkeys, identities }: WaysIn): Verdict {
  if (Number(hasPassword) + passkeys + identities > 1) return allow;
  return denyForState(
    'This is your only way to log in. Add another one first, such as a passkey or a password.',
  );
}
