// How often something may be done: shared by the rules of topics, replies and flags.
import { DAY, spellDuration, startOfDay } from '../times.ts';
import type { Verdict } from '../verdict.ts';
import { allow, denyForPace } from '../verdict.ts';

/**
 * At most so many a day. Days begin at midnight UTC, so that the wait can be told.
 * @param done how many since startOfDay(now)
 * @param what the things counted, in the plural, as the sentence names them
 */
export function withinDay(done: number, most: number, what: string, now: Date): Verdict {
  if (done < most) return allow;
  const wait = startOfDay(now).getTime() + DAY - now.getTime();
  return denyForPace(
    `That was the limit of ${most} ${what} a day. You can go on in ${spellDuration(wait)}.`,
    wait / 1_000,
  );
}

/** At least `gap` milliseconds after the last one; `lastAt` is null when there was none. */
export function spacedBy(gap: number, lastAt: Date | null, now: Date): Verdict {
  const wait = lastAt === null ? 0 : lastAt.getTime() + gap - now.getTime();
  if (wait <= 0) return allow;
  return denyForPace(`You wrote a moment ago. Try again in ${spellDuration(wait)}.`, wait / 1_000);
}
