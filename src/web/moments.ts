// Times as pages show them: absolute, in UTC, inside <time datetime>; the script makes them relative and local.

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

const day = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});
const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
  timeZone: 'UTC',
});

export function momentView(at: Date): MomentView {
  const dayText = day.format(at);
  const timeText = time.format(at);
  return { iso: at.toISOString(), full: `${dayText}, ${timeText} UTC`, day: dayText, time: timeText };
}

/** "0 upvotes", "1 reply", "1,142 replies". */
export function counted(n: number, one: string, many: string): string {
  return `${n.toLocaleString('en-GB')} ${n === 1 ? one : many}`;
}
