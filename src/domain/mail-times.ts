// At which moment a member's hour comes, where they live. Zones are IANA names; whether it is summer time there, the
// runtime knows (Intl). Where clocks are put forward or back, each hour of a day still comes exactly once.
import { DAY, HOUR, MINUTE } from './times.ts';

export interface MailTimes {
  readonly timeZone: string;
  /** 0 to 23 */
  readonly mailHour: number;
  /** Of the week: 1 Monday … 7 Sunday. */
  readonly mailDay: number;
}

/** How often it is looked whose hour has come; all zones stand at a quarter of an hour from UTC. */
const QUARTER = 15 * MINUTE;

/** A mail of a day or week is due for that day alone; a month's are kept for whoever asks what became of theirs. */
export const MAILINGS_KEPT = 30 * DAY;

export interface LocalTime {
  /** "2026-11-23" */
  readonly day: string;
  readonly hour: number;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A name that was known once, and is not any more, is taken for UTC: mails come at another hour, but they come. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const options = { dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' } as const;
  // Swedish writes days as ISO 8601 does: "2026-11-23 08:00:00".
  const format = new Intl.DateTimeFormat('sv-SE', { ...options, timeZone: readTimeZone(timeZone) ?? 'UTC' });
  formats.set(timeZone, format);
  return format;
}

/** The zone as its name is written; undefined for what is none. Offsets such as "+01:00" are none: they know no summer. */
export function readTimeZone(typed: string): string | undefined {
  if (!/^[A-Za-z]/.test(typed)) return undefined;
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: typed }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}

/** All zones to choose from. */
export function listTimeZones(): readonly string[] {
  return [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
}

/** What calendar and clock show in a zone. */
function localTime(at: Date, timeZone: string): LocalTime {
  const [day = '', time = ''] = formatOf(timeZone).format(at).split(' ');
  return { day, hour: Number(time.slice(0, 2)), weekday: weekdayOf(day) };
}

/** "08:05", as the clock shows it in a zone. */
export function clockTime(at: Date, timeZone: string): string {
  return formatOf(timeZone).format(at).slice(11, 16);
}

/** 1 Monday … 7 Sunday. */
function weekdayOf(day: string): number {
  return new Date(`${day}T00:00Z`).getUTCDay() || 7;
}

/**
 * The first moment of a day at which the clock shows an hour: of one that comes twice the first, of one that is left out
 * the moment at which the clock goes on behind it, which may be the first of the next day.
 * @returns undefined for a day that is left out itself, as 30 December 2011 was in Samoa
 */
export function momentOf(day: string, hour: number, timeZone: string): Date | undefined {
  const asUtc = Date.parse(`${day}T00:00Z`) + hour * HOUR;
  const offsets = [-DAY, DAY].map((aside) => offsetAt(asUtc + aside, timeZone));
  const last = asUtc - Math.min(...offsets) + QUARTER;
  for (let at = asUtc - Math.max(...offsets); at <= last; at += QUARTER) {
    const local = localTime(new Date(at), timeZone);
    if (local.day === day && local.hour >= hour) return new Date(at);
    if (local.day > day)
      return localTime(new Date(at - QUARTER), timeZone).day === day ? new Date(at) : undefined;
  }
  return undefined;
}

function offsetAt(at: number, timeZone: string): number {
  return Date.parse(`${formatOf(timeZone).format(at).replace(' ', 'T')}Z`) - Math.floor(at / 1_000) * 1_000;
}

export interface DueMail {
  /** Where the member lives. */
  readonly day: string;
  /** When its hour came. */
  readonly at: Date;
}

/**
 * The mail of the day, or of the week, whose hour has come today. It stays due until the day ends: what a worker that was
 * down has missed is made up for, but nobody gets the mail of yesterday.
 */
export function dueMail(times: MailTimes, every: 'day' | 'week', now: Date): DueMail | undefined {
  const { timeZone, mailHour, mailDay } = times;
  const today = localTime(now, timeZone);
  // Where the last hour of yesterday was left out, its mail is due since midnight.
  const day = today.hour >= mailHour ? today.day : dayAfter(today.day, -1);
  if (every === 'week' && weekdayOf(day) !== mailDay) return undefined;
  const at = momentOf(day, mailHour, timeZone);
  return at && at <= now && localTime(at, timeZone).day === today.day ? { day, at } : undefined;
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00Z`) + days * DAY).toISOString().slice(0, 10);
}

/** When the next mail of the day, or of the week, is due. */
export function nextMail(times: MailTimes, every: 'day' | 'week', now: Date): Date {
  const today = localTime(now, times.timeZone).day;
  // A fortnight holds two of each weekday: one of them may be left out.
  for (let ahead = 0; ahead <= 14; ahead += 1) {
    const day = dayAfter(today, ahead);
    const at = momentOf(day, times.mailHour, times.timeZone);
    if (at && at > now && (every === 'day' || weekdayOf(day) === times.mailDay)) return at;
  }
  throw new Error(`No mail is ever due in ${times.timeZone}`);
}
