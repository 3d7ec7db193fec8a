// Times as pages show them: absolute, inside <time datetime>, in UTC or in a member's own zone; the script makes them
// relative and local.
import { readTimeZone } from '../domain/mail-times.ts';

export interface MomentView {
  /** For the datetime attribute. */
  readonly iso: string;
  /** "3 April 2026, 13:38 UTC" */
  readonly full: string;
  /** "3 April 2026" */
  readonly day: string;
  /** "13:38" */
  readonly time: string;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June', 'July'],
  ...['August', 'September', 'October', 'November', 'December'],
];

/** Pages have hundreds: the moment is spelt from its ISO form, which takes a tenth of what Intl does. */
export function momentView(at: Date): MomentView {
  const iso = at.toISOString();
  const day = `${at.getUTCDate()} ${MONTHS[at.getUTCMonth()]} ${at.getUTCFullYear()}`;
  const time = iso.slice(-13, -8);
  return { iso, full: `${day}, ${time} UTC`, day, time };
}

/** As the partial `moment` writes them. Nobody else can: rendered texts have no <time>, and what is typed is escaped. */
const WHOLE_TIMES = /(<time datetime="([^"]+)"[^>]*>)[^<]* UTC(?=<\/time>)/g;

/** A page with its times by the clock of a zone. What stands for a day (the log's, a week's) stays the forum's, in UTC. */
export function timesIn(timeZone: string, html: string): string {
  if (timeZone === 'UTC') return html;
  const spell = spellerOf(timeZone);
  return html.replace(WHOLE_TIMES, (_, tag: string, iso: string) => tag + spell(new Date(iso)));
}

/** Making a format takes longer than writing a page full of times with it. */
const spellers = new Map<string, (at: Date) => string>();

/** "3 April 2026, 15:38 CEST" */
function spellerOf(timeZone: string): (at: Date) => string {
  const known = spellers.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    ...({ day: 'numeric', month: 'long', year: 'numeric' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'short' } as const),
    // A zone that was known once, and is not any more, is taken for UTC.
    timeZone: readTimeZone(timeZone) ?? 'UTC',
  });
  const spell = (at: Date) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return `${parts.day} ${parts.month} ${parts.year}, ${parts.hour}:${parts.minute} ${parts.timeZoneName}`;
  };
  spellers.set(timeZone, spell);
  return spell;
}

/** "0 upvotes", "1 reply", "1,142 replies". */
export function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}
