// Dates as pages and feeds write them: ISO 8601, loosely, and RFC 2822. Without a zone they are taken as UTC.

const ISO =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:(?:T|\s+)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[A-Z]{3,4}|[+-]\d{2}(?::?\d{2})?)?)?$/i;
const ISO_BASIC = /^(\d{4})(\d{2})(\d{2})$/;
const RFC_2822 =
  /^(?:[a-z]+,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?,?[\s-]+(\d{4}|\d{2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s*(Z|[A-Z]{2,4}|[+-]\d{2}:?\d{2}))?)?(?:\s*\(.*\))?$/i;

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Hours from UTC of the zones that RFC 2822 names (section 4.3), and of those that European papers write. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ Z: 0, UT: 0, UTC: 0, GMT: 0, EST: -5, EDT: -4, CST: -6, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7 },
  ...{ BST: 1, CET: 1, CEST: 2 },
};
/** Before newspapers: what programs write for "no date" (0001-01-01). */
const FIRST_YEAR = 1600;
const MINUTE = 60_000;

/** The moment that a text names; null when it names none, or one that never was. Whether it lies ahead is not judged. */
export function readDate(text: string): Date | null {
  const written = text.trim();
  // Nothing that is a date is longer, and the patterns are not to be tried on a novel.
  if (written.length > 60) return null;
  const iso = ISO.exec(written) ?? ISO_BASIC.exec(written);
  if (iso) return moment(iso, Number(iso[1]), Number(iso[2]));
  const mail = RFC_2822.exec(written);
  if (!mail) return null;
  const [, day, month = '', year = '', ...time] = mail;
  const number = Number(year);
  // RFC 2822, section 4.3: two digits up to 49 are of this century.
  const century = year.length === 4 ? 0 : number < 50 ? 2000 : 1900;
  const inOrder = [mail[0], year, month, day, ...time];
  return moment(inOrder, century + number, MONTHS.indexOf(month.toLowerCase()) + 1);
}

/** @param parts whole, year, month, day, hour, minute, second, zone */
function moment(parts: readonly (string | undefined)[], year: number, month: number): Date | null {
  const [, , , day, hour = '0', minute = '0', second = '0', zone = 'Z'] = parts;
  const numbers = [Number(day), Number(hour), Number(minute), Number(second)] as const;
  const at = new Date(Date.UTC(year, month - 1, ...numbers));
  const offset = offsetOf(zone);
  const really =
    at.getUTCMonth() === month - 1 &&
    at.getUTCDate() === numbers[0] &&
    at.getUTCHours() === numbers[1] &&
    at.getUTCMinutes() === numbers[2] &&
    at.getUTCSeconds() === numbers[3];
  if (!really || year < FIRST_YEAR || offset === undefined) return null;
  const moment = at.getTime() - offset * MINUTE;
  // A clock that was never set.
  return moment === 0 ? null : new Date(moment);
}

/** Minutes from UTC; undefined for a zone that nobody knows. */
function offsetOf(zone: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone) ?? [];
  if (sign === undefined) {
    const named = ZONES[zone.toUpperCase()];
    return named === undefined ? undefined : named * 60;
  }
  const offset = Number(hours) * 60 + Number(minutes);
  return offset > 24 * 60 ? undefined : sign === '-' ? -offset : offset;
}
