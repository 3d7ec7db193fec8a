// The figures of moderation, each with its reason: a part of the rule book (domain/limits.ts) with a file of its own.
import { DAY, HOUR, MINUTE } from './times.ts';

/** What flags weigh and when they reach the moderators. */
export const FLAGS = {
  weight: { member: 1, trusted: 2, moderator: 5 },
  /** Accuracy says nothing before this many of a member's flags have been decided: from the next one it scales. */
  decidedBeforeScaling: 5,
  /** Two members agree, or one trusted one says so. */
  opensQueueItem: 2,
  /** An illegal one goes before everything, "heaviest first": no sum of others comes near. */
  illegal: 1_000,
} as const;

/** Sanctions: what a moderator can choose, in the order of the ladder. Permanent suspension needs a second moderator. */
export const SANCTIONS = {
  /** Each step gives more time to calm down than the last; after the fourth only one is left. */
  suspensions: [DAY, 3 * DAY, 7 * DAY, 30 * DAY],
  silences: [DAY, 3 * DAY, 7 * DAY, 30 * DAY],
  /** What ends less than this after what is in force is the same decision, made twice. */
  longerBy: HOUR,
  /** In force at once where a suspension for good is proposed: a month is time to find a second moderator. */
  untilConsent: 30 * DAY,
  /** Where there is no second moderator, as with appeals: a night's sleep. The log says that it was one alone. */
  consentAlone: DAY,
  /** How long one counts for the next step: whoever has kept to the rules for a year begins anew. */
  countsFor: 365 * DAY,
} as const;

/** How members come to notice who sign up where a suspended one was. */
export const TRACES = {
  /** The cookie outlives every suspension but those for good; the rows behind it are swept long before. */
  cookie: 365 * DAY,
  /** Of an office with many suspended members these say enough. */
  mostPerNewcomer: 5,
} as const;

/** Appeals. */
export const APPEALS = {
  /** Article 20 of the EU's Digital Services Act: at least six months. */
  within: 183 * DAY,
  /** Where there is no second moderator: a night's sleep. The log says that it was the same person. */
  alone: DAY,
  length: 2_000,
} as const;

/** What is said inside a queue item. */
export const TALKS = {
  length: 2_000,
  perDay: 30,
  /** After a decision: time for a question about it. */
  openFor: 14 * DAY,
} as const;

/** Watched words and domains. */
export const WATCH = {
  /** "Would have held 12 posts": what a rule is tried against before it is saved. */
  triedAgainst: 30 * DAY,
  /** Each is compared with every post that is written. */
  mostRules: 500,
  length: 200,
  /** One letter alone stands in every text; a word of two can mean something ("AI", two signs of Chinese). */
  shortestWord: 2,
  /** Of what a rule would have caught: enough to see whether it is meant. */
  listed: 10,
  /** Compared at a time, so that a trial of a large forum keeps nobody else waiting. */
  batch: 100,
  /** A trial that has not come to its end by then says so: the newest posts tell enough. */
  triedMost: 20_000,
  /** Members and posts, each a transaction, that one press clears: no longer than a person waits for an answer. */
  clearedMost: 400,
} as const;

/** Work that opens by itself, and several pieces of it at once. */
export const QUEUE = {
  /** Members get the first word: most who read a topic do so on its first day, and two who agree need no moderator. */
  suggestionWaits: DAY,
  /** The same for a link that hides its publisher. What could be read of it was read within the hour. */
  linkWaits: DAY,
  /** Nobody opens older links any more: whose they were is no work. It bounds what a forum begins with that is updated, too. */
  linkMatters: 30 * DAY,
  /** Several pages of the queue; each item takes some milliseconds, and a request is to end. */
  atOnce: 200,
} as const;

/** A pause longer than this ends a moderator's shift. */
export const SHIFT_PAUSE = 4 * HOUR;

/** A shift is written down this often while it lasts: often enough to end it where it ended, and no write per page. */
export const SHIFT_NOTED_EVERY = 5 * MINUTE;

/** What changed since the last shift is told of so long a time at most: after a longer absence the log is read. */
export const SHIFT_LOOKS_BACK = 30 * DAY;

/** The figures of the log: a year of months, and as many rules apart in the chart as shades can be told from each other. */
export const LOG_FIGURES = { months: 12, rulesApart: 5 } as const;

/** Reports of illegal content by people who need no account. */
export const REPORTS = {
  /** Enough to say what is illegal about a post and by which law; the rest comes by mail. */
  explanation: 2_000,
  law: 200,
  name: 100,
  /**
   * Name and address are for the answer and for what is said about it: as long as a decision can be appealed (Article
   * 20 of the EU's Digital Services Act), and not a day longer.
   */
  reporterKept: 183 * DAY,
  /** Of a visitor nothing is known, so a report moves no rank. That it says "illegal" calls the moderators at once. */
  weight: 0,
} as const;

/** What the queue shows of whoever an item concerns: enough to tell a slip from a habit, on one line. */
export const AT_A_GLANCE = { trail: 20, earlier: 5, notes: 3 } as const;
