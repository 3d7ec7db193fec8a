// Rules about passkeys: how many a member has, how long one may be waited for, and which look like copies.
import { MOST_PASSKEYS, WINDOWS } from '../limits.ts';
import { isWithin } from '../times.ts';
import { allow, denyForState, type Verdict } from '../verdict.ts';

/** @param count those that the member has */
export function mayAddPasskey(count: number): Verdict {
  if (count < MOST_PASSKEYS) return allow;
  return denyForState(`You have ${count} passkeys, and nobody can have more. Remove one first.`);
}

/** Whether somebody who was asked for a passkey may still show it. */
export function mayShowPasskey(askedAt: Date, now: Date): Verdict {
  return isWithin(WINDOWS.passkeyChallenge, askedAt, now) ? allow : denyForState('This took too long.');
}

/**
 * Whether a passkey may be used that says how often it has signed: more often than it said before. If not, there are two
 * that count for themselves, and one is a copy. Most count nothing, and always say 0.
 */
export function mayUsePasskey({ before, said }: { readonly before: number; readonly said: number }): Verdict {
  if (said > before || (said === 0 && before === 0)) return allow;
  return denyForState(
    'This passkey looks like a copy of yours, so it was refused. Log in another way, and remove it.',
  );
}
