// The work of this feature outside of requests.
export { closeWeek } from './close-week.ts';
export { mailNotices, mailWeeks, sweepMailings } from './order-mails.ts';
export { writeGathered, writeWeek } from './write-mails.ts';
