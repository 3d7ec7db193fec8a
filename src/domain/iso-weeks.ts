// Weeks as ISO 8601 has them: from Monday to Sunday, in UTC, named by the year in which their Thursday lies.
import { DAY } from './times.ts';

export const WEEK = 7 * DAY;
/** A Monday. */
const FIRST_MONDAY = Date.UTC(1970, 0, 5);

/** Midnight (UTC) of the Monday on which a moment's week began. */
export function startOfWeek(at: Date): Date {
  return new Date(FIRST_MONDAY + Math.floor((at.getTime() - FIRST_MONDAY) / WEEK) * WEEK);
}

export function endOfWeek(startsAt: Date): Date {
  return new Date(startsAt.getTime() + WEEK);
}

/** "2026-W47" */
export function weekName(startsAt: Date): string {
  const thursday = new Date(startsAt.getTime() + 3 * DAY);
  const year = thursday.getUTCFullYear();
  const number = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / WEEK);
  return `${year}-W${String(number).padStart(2, '0')}`;
}

/** When the week of a name began; undefined when there is no such week, "2027-W53" say. A small w is read, too. */
export function readWeekName(text: unknown): Date | undefined {
  const [name, year, number] =
    typeof text === 'string' ? (/^([1-9]\d{3})-W(\d\d)$/.exec(text.toUpperCase()) ?? []) : [];
  if (name === undefined) return undefined;
  // The fourth of January lies in the first week of its year.
  const first = startOfWeek(new Date(Date.UTC(Number(year), 0, 4)));
  const startsAt = new Date(first.getTime() + (Number(number) - 1) * WEEK);
  return weekName(startsAt) === name ? startsAt : undefined;
}

const long = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** "16 to 22 November 2026", "28 December 2026 to 3 January 2027" */
export function spellWeek(startsAt: Date): string {
  const from = long.format(startsAt).split(' ');
  const to = long.format(endOfWeek(startsAt).getTime() - DAY).split(' ');
  // Left out of the first day is what the last one says as well.
  const [day, ...rest] = from;
  const kept = from[2] !== to[2] ? rest : from[1] !== to[1] ? rest.slice(0, 1) : [];
  return `${[day, ...kept].join(' ')} to ${to.join(' ')}`;
}
