// The ladder of sanctions: what comes next for a member who breaks the rules again. A suggestion; moderators decide.
import { SANCTIONS } from './moderation-limits.ts';
import { isWithin } from './times.ts';

export type Step =
  | { readonly kind: 'warning' }
  /** `length` in milliseconds; null: for good. */
  | { readonly kind: 'suspension'; readonly length: number | null };

export interface EarlierSanction {
  readonly kind: 'warning' | 'silence' | 'suspension';
  readonly startsAt: Date;
  readonly liftedAt: Date | null;
}

/** Whether a sanction still speaks against a member: not undone, and not too long ago. */
export function counts({ startsAt, liftedAt }: EarlierSanction, now: Date): boolean {
  return liftedAt === null && isWithin(SANCTIONS.countsFor, startsAt, now);
}

/** A warning first; then a step for every silence and suspension that counts. */
export function nextStep(earlier: readonly EarlierSanction[], now: Date): Step {
  const counting = earlier.filter((sanction) => counts(sanction, now));
  if (counting.length === 0) return { kind: 'warning' };
  const steps = counting.filter(({ kind }) => kind !== 'warning').length;
  return { kind: 'suspension', length: SANCTIONS.suspensions[steps] ?? null };
}
