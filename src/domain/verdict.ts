// What a rule answers. A denial always carries the sentence that the person is shown.

export interface Allowed {
  readonly allowed: true;
}
export interface Denied {
  readonly allowed: false;
  readonly reason: string;
  /** What kind of answer it is: the web floor turns it into 403, 409 or 429 (with the wait in seconds). */
  readonly because: 'rights' | 'state' | 'pace';
  readonly retryAfterSeconds?: number;
}
export type Verdict = Allowed | Denied;

export const allow: Allowed = Object.freeze({ allowed: true });

/** The viewer is not the one who may do this (403). */
export function deny(reason: string): Denied {
  return { allowed: false, reason, because: 'rights' };
}

/** The thing is not in a state in which this can be done (409). */
export function denyForState(reason: string): Denied {
  return { allowed: false, reason, because: 'state' };
}

/** The viewer has done it too often; `retryAfterSeconds` says when to come back (429). */
export function denyForPace(reason: string, retryAfterSeconds: number): Denied {
  return {
    allowed: false,
    reason,
    because: 'pace',
    retryAfterSeconds: Math.max(1, Math.ceil(retryAfterSeconds)),
  };
}

/** The first denial among the verdicts, in order; allowed when there is none. */
export function firstDenial(...verdicts: readonly Verdict[]): Verdict {
  return verdicts.find((verdict) => !verdict.allowed) ?? allow;
}
