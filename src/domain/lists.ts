// Figures of lists, each with its reason.
import { SECOND, DAY } from './times.ts';

export const LISTS = {
  /** As many as a topic can have: with more nothing is left, and each costs the query another look. */
  mostTags: 5,
  /** More than so many new topics are "99+": nobody counts on from there, and the count stays cheap. */
  newTopicsCounted: 99,
  /** Answers to open pages of visitors may be shared for so long: half of what a page waits between two questions. */
  newTopicsKept: 15 * SECOND,
  /** What is new in a followed section is counted over so many days: who stays away longer reads the section itself. */
  followedSpan: 7 * DAY,
} as const;
