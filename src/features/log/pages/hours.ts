// Times to a decision as figures spell them.
import { counted } from '../../../web/moments.ts';

/** Half an hour is told in minutes, and three days in days. */
export function spellHours(hours: number): string {
  if (hours < 1) return counted(Math.max(1, Math.round(hours * 60)), 'minute', 'minutes');
  if (hours >= 72) return counted(Math.round(hours / 24), 'day', 'days');
  const rounded = hours < 10 ? Math.round(hours * 10) / 10 : Math.round(hours);
  return `${rounded} ${rounded === 1 ? 'hour' : 'hours'}`;
}
