// Made-up discussions: one day's topics with their replies, sources, tags and votes, as rows with true counters.
import type { MemberId, PostId, SectionId, TagId } from '../../../src/domain/ids.ts';
import { placeReply, type ReplyPlace } from '../../../src/domain/thread.ts';
import { DAY, HOUR } from '../../../src/domain/times.ts';
import type { TopicPlan } from './plans.ts';
import { exponential, lognormal, type Random, zipf } from './random.ts';
import { type DayRows, noRows, type PlacedPost, topicRows } from './rows.ts';

export interface Cast {
  readonly members: readonly MemberId[];
  readonly sections: readonly SectionId[];
  readonly tags: readonly TagId[];
  /** How many different sites are linked. */
  readonly hosts: number;
  /** The end of all that was written. */
  readonly until: Date;
}

/** The first ids that are free. */
export interface Free {
  topic: number;
  post: number;
}

/** Median and spread of how many replies a topic has (20 on average), as the archive of real threads has it. */
const REPLIES = { median: 8, sigma: 1.35, most: 1_900 } as const;
/** The share of replies that answer another reply. */
const ANSWERING = 0.64;

interface Draft {
  readonly topic: number;
  readonly authorId: MemberId;
  readonly postedAt: Date;
  /** What it answers; null: top-level. Undefined: it opens the topic. */
  readonly parent?: Draft | null;
}

/** One day's topics; replies come within days. Ids ascend with the time at which things were posted, as in a living forum. */
export function dayOf(
  random: Random,
  cast: Cast,
  start: Date,
  plans: readonly TopicPlan[],
  free: Free,
): DayRows {
  const planOf = new Map(plans.map((plan) => [free.topic++, plan] as const));
  const drafts = [...planOf].flatMap(([topic, plan]) =>
    draftTopic(plan.random ?? random, cast, topic, plan, start),
  );
  drafts.sort((a, b) => a.postedAt.getTime() - b.postedAt.getTime());
  const placed = new Map<Draft, ReplyPlace & { readonly id: PostId }>();
  const posts: PlacedPost[] = [];
  for (const draft of drafts) {
    const id = free.post++ as PostId;
    const place = placeOf(draft, id, placed);
    placed.set(draft, { ...place, id });
    posts.push({ ...place, id, topic: draft.topic, authorId: draft.authorId, postedAt: draft.postedAt });
  }
  const day = noRows();
  for (const [topic, own] of Map.groupBy(posts, (post) => post.topic))
    topicRows(random, cast, own, planOf.get(topic)!, day);
  // Each table in the order of ids, as it would have grown.
  day.posts.sort((a, b) => a.id! - b.id!);
  day.events.sort((a, b) => a.postId! - b.postId!);
  return day;
}

function draftTopic(random: Random, cast: Cast, topic: number, plan: TopicPlan, start: Date): Draft[] {
  const anyone = () => cast.members[zipf(random, cast.members.length, 200)]!;
  const postedAt = new Date(start.getTime() + random() * DAY);
  const opening: Draft = { topic, authorId: plan.authorId ?? anyone(), postedAt };
  const { median, sigma, most } = REPLIES;
  const many = plan.replies ?? Math.min(most, Math.floor(lognormal(random, median, sigma)));
  const replies: Draft[] = [];
  for (let n = 0; n < many; n += 1) {
    const parent =
      replies.length > 0 && random() < ANSWERING ? replies[Math.floor(random() * replies.length)]! : null;
    const answered = parent ?? opening;
    const at = answered.postedAt.getTime() + 1_000 + Math.floor(exponential(random, 5 * HOUR));
    // Nobody has written in the future.
    replies.push({
      topic,
      authorId: anyone(),
      postedAt: new Date(Math.min(at, cast.until.getTime())),
      parent,
    });
  }
  return [opening, ...replies];
}

function placeOf(
  { parent }: Draft,
  id: PostId,
  placed: Map<Draft, ReplyPlace & { readonly id: PostId }>,
): ReplyPlace {
  if (parent === undefined) return placeReply(null);
  const place = placeReply(parent === null ? null : placed.get(parent)!);
  return { ...place, branchId: place.branchId ?? id };
}
