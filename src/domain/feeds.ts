// How much a feed holds: enough that a reader who asks once a day misses nothing, and no more than is needed for that.
import { DAY } from './times.ts';

export const FEEDS = {
  /** However old they are: who subscribes to a quiet place finds more than an empty list. */
  least: 30,
  /** Everything of the last two days: readers ask once a day at the slowest, and a day may be missed. */
  within: 2 * DAY,
  /** Bounds a document on the busiest days. Who follows a forum of 250 posts a day by all of them asks by the hour. */
  most: 500,
  /**
   * Of texts as HTML, beyond which older ones wait for another time: 4,000 a post, where 99 % of real ones stay under 1,500.
   * Writing so much takes the process a tenth of a second, in which it answers nobody else.
   */
  bytes: 2_000_000,
  /** Of what stands there by rank: whatever comes to the front page and leaves it within a day is still among these. */
  ranked: 100,
} as const;
