// The recurring work: what, when (cron, UTC), why.
import type { JobName } from './catalogue.ts';

export interface ScheduledJob {
  readonly job: JobName;
  readonly cron: string;
}

export const SCHEDULE: readonly ScheduledJob[] = [
  // Nobody's flag waits longer than a day for a moderator's eyes (DESIGN section 8).
  { job: 'open-overdue-flags', cron: '*/15 * * * *' },
  // Kept half a year (domain/moderation-limits.ts, REPORTS), to the day.
  { job: 'forget-reporters', cron: '25 3 * * *' },
  // Nobody is kept waiting by these: what members agree on by then is no work.
  { job: 'open-overdue-suggestions', cron: '10 * * * *' },
  { job: 'open-unresolved-links', cron: '15 * * * *' },
  // Withdrawn texts are kept 30 days, to the day (DESIGN section 7).
  { job: 'erase-withdrawn', cron: '20 3 * * *' },
  // One small query, unless a new version of the rules has come: duplicates are missed until its keys are made.
  { job: 'rekey', cron: '*/10 * * * *' },
  // Announced to the minute; nobody has to wait for it longer than this.
  { job: 'delete-accounts', cron: '*/10 * * * *' },
  { job: 'sweep-exports', cron: '35 * * * *' },
  // Visitors begin sessions and challenges that last minutes: they are not to pile up for a day.
  { job: 'sweep-sessions', cron: '50 * * * *' },
  { job: 'sweep-traces', cron: '25 4 * * *' },
  // Rows and pictures nobody looks at any more: a day's worth is few.
  { job: 'sweep-readings', cron: '40 4 * * *' },
  // Kept for 90 days (domain/drafts.ts): a night more or less is nothing.
  { job: 'sweep-drafts', cron: '50 4 * * *' },
  // Weeks end on Monday at midnight; a forum that was down then makes up for it within the hour.
  { job: 'close-week', cron: '1 * * * *' },
  // Members choose full hours, and all zones stand at a quarter of an hour from UTC.
  { job: 'mail-weeks', cron: '*/15 * * * *' },
  { job: 'mail-notices', cron: '*/15 * * * *' },
  { job: 'sweep-mailings', cron: '45 4 * * *' },
  // News is minutes old when it comes; which feeds are due, each of them decides (domain/limits.ts, NEWS).
  { job: 'read-feeds', cron: '*/5 * * * *' },
  // New names are misspelt from the day they are in the news; at a hundred thousand topics it takes seconds.
  { job: 'rebuild-search-words', cron: '55 * * * *' },
  { job: 'sweep-news', cron: '5 * * * *' },
];
