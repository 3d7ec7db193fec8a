// Which topic a member who has written nothing yet is shown: one that a reply would help, where theirs is likely read.
import { DAY } from './times.ts';

export const FIRST_REPLY = {
  /** Whoever started it still looks in, and an answer is news to the others. */
  oldest: 3 * DAY,
  /** Few enough that nearly every thought is still missing; in a long thread a first reply is lost. */
  mostReplies: 3,
  /** The newest such topics among which the nearest is looked for: more than three days of a busy forum leave unanswered on a page. */
  among: 30,
  /** What the member read last says what they care for. */
  lastRead: 20,
} as const;

/** How near a topic is to a member: what they follow before what they have read, and that before the rest. */
export const NEARNESS = { followed: 2, read: 1, any: 0 } as const;
