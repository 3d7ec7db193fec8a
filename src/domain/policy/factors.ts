// Rules about what opens an account: when it may be changed, and the second step of logging in.
import { TWO_STEP, WINDOWS } from '../limits.ts';
import { isWithin } from '../times.ts';
import { allow, deny, denyForState, type Verdict } from '../verdict.ts';

/**
 * Whether password, e-mail address, factors or the account itself may be changed from this session: only by who has shown
 * a short while ago that it is them. An open screen or a stolen cookie is not enough.
 * @param provedAt null: not since the session began
 */
export function mayChangeAccess(provedAt: Date | null, now: Date): Verdict {
  if (provedAt !== null && isWithin(WINDOWS.proof, provedAt, now)) return allow;
  return deny('Confirm first that it is you.');
}

/** @param onSince null: two-step login is off */
export function mayTurnOnTwoStep(onSince: Date | null): Verdict {
  return onSince === null ? allow : denyForState('Two-step login is on already.');
}

/** Whether what belongs to two-step login may be changed: turned off, or given new recovery codes. */
export function mayChangeTwoStep(onSince: Date | null): Verdict {
  return onSince === null ? denyForState('Two-step login is off.') : allow;
}

export interface PendingFacts {
  /** When the password was right. */
  readonly since: Date;
  /** Codes given since then, this one included. */
  readonly tries: number;
}

/** Whether a code is looked at, or the password is asked again first. */
export function mayTryCode({ since, tries }: PendingFacts, now: Date): Verdict {
  if (!isWithin(WINDOWS.signInCode, since, now)) return denyForState('This took too long. Log in again.');
  return tries <= TWO_STEP.wrongCodes ? allow : denyForState('Too many codes were wrong. Log in again.');
}
