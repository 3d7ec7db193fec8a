// When a member's next mail comes, in words.
import { clockTime, type MailTimes, nextMail } from '../../../domain/mail-times.ts';

/** "Monday 30 November, 08:00 Europe/Vienna" */
export function spellNextMail(times: MailTimes, every: 'day' | 'week', now: Date): string {
  const { timeZone } = times;
  const next = nextMail(times, every, now);
  const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', timeZone });
  return `${day.format(next)}, ${clockTime(next, timeZone)} ${zoneName(timeZone)}`;
}

/** As people write it: "America/New York". */
export function zoneName(timeZone: string): string {
  return timeZone.replaceAll('_', ' ');
}
