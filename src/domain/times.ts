// Lengths of time in milliseconds, and how the sentences of the rules spell them. No clock: `now` is always passed in.

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/**
 * The end of what has no end (a permanent suspension): comparisons with `now` need no special case.
 * The year 9999 is the last that an ISO date writes with four digits.
 */
export const FOREVER: Date = new Date('9999-12-31T00:00:00Z');

const UNITS = [
  { length: DAY, name: 'day' },
  { length: HOUR, name: 'hour' },
  { length: MINUTE, name: 'minute' },
] as const;

/**
 * Spells a length of time in the largest unit that it fills at least twice, rounded up so that a wait is never
 * announced too short: 24 hours, 3 days, 90 seconds.
 * @param length milliseconds, not negative
 */
export function spellDuration(length: number): string {
  const unit = UNITS.find((each) => length >= 2 * each.length) ?? { length: SECOND, name: 'second' };
  const count = Math.max(1, Math.ceil(length / unit.length));
  return `${count} ${unit.name}${count === 1 ? '' : 's'}`;
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** Spells "until 3 April 2026, 13:38 UTC" for people; FOREVER becomes "for good". */
export function spellUntil(until: Date): string {
  if (until.getTime() >= FOREVER.getTime()) return 'for good';
  return `until ${day.format(until)}, ${time.format(until)} UTC`;
}

/** Midnight (UTC) before `now`: daily limits count from here, so that everyone knows when they begin anew. */
export function startOfDay(now: Date): Date {
  return new Date(Math.floor(now.getTime() / DAY) * DAY);
}

/** Whether at most `length` milliseconds lie between `start` and `now`; the last millisecond still counts. */
export function isWithin(length: number, start: Date, now: Date): boolean {
  return now.getTime() - start.getTime() <= length;
}

/** The first of these moments that is still to come; undefined: none is. */
export function earliestAfter(now: Date, moments: readonly (Date | null)[]): Date | undefined {
  const ahead = moments.flatMap((moment) => (moment !== null && moment > now ? [moment.getTime()] : []));
  return ahead.length === 0 ? undefined : new Date(Math.min(...ahead));
}
