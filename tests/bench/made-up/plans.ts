// Which topics a made-up forum has: many ordinary ones, and some that measuring looks for by name.
import type { MemberId, TagId } from '../../../src/domain/ids.ts';
import { type Random, randomFrom } from './random.ts';

/** What is asked of a topic; what is left out is drawn. */
export interface TopicPlan {
  /** Of its own, where the topic is to be the same in forums of all sizes. */
  readonly random?: Random;
  readonly title?: string;
  readonly replies?: number;
  readonly authorId?: MemberId;
  readonly tagId?: TagId;
  readonly host?: string;
  /** Who votes in it, the more of them the more votes. */
  readonly voters?: readonly MemberId[];
}

/** Topics of exactly so many replies, on the last day: a page, ten pages, and what breaks forums. */
const EXACT = [200, 2_000, 10_000] as const;
/** "Exactly 200 replies" */
export const exactTitle = (replies: number): string => `Exactly ${replies} replies`;

/**
 * Topics with one tag, one site, one author and one word in the title, as many and as large in a forum of any size: pages
 * that show as much can be compared.
 */
export const LANDMARK = { name: 'landmark', host: 'landmark.example', topics: 40, replies: 8 } as const;

/** Who has votes in the topic of one page: they are logged in when members' pages are measured. */
export const READERS = 200;

/** Whose ids the plans need. */
export interface Known {
  readonly author: MemberId;
  readonly tag: TagId;
  readonly readers: readonly MemberId[];
}

/**
 * The topics of each day, `topics` in all.
 * @param posts topics and replies to be: topics of exact sizes are left out that would be more than half of them
 */
export function planDays(
  topics: number,
  days: number,
  posts: number,
  seed: number,
  known: Known,
): TopicPlan[][] {
  const planned: TopicPlan[][] = Array.from({ length: days }, () => []);
  const dayOf = (n: number) => Math.min(days - 1, Math.floor((n * days) / topics));
  const every = Math.max(1, Math.floor(topics / LANDMARK.topics));
  for (let n = 0; n < topics; n += 1) {
    const landmark = n % every === 0 ? n / every : LANDMARK.topics;
    planned[dayOf(n)]!.push(landmark < LANDMARK.topics ? landmarkPlan(landmark, seed, known) : {});
  }
  for (const replies of EXACT) {
    if (replies > posts / 2) continue;
    const exact = { random: randomFrom(seed + replies), replies, title: exactTitle(replies) };
    // A page of replies is what members read when they are measured: each has voted for a tenth of them.
    planned[days - 1]!.push(replies === EXACT[0] ? { ...exact, voters: known.readers } : exact);
  }
  return planned;
}

function landmarkPlan(n: number, seed: number, known: Known): TopicPlan {
  return {
    random: randomFrom(seed + 1_000_000 + n),
    title: `The ${LANDMARK.name} ${n + 1}`,
    replies: LANDMARK.replies,
    authorId: known.author,
    tagId: known.tag,
    host: LANDMARK.host,
  };
}
