// Made-up discussions: one day's topics with their replies, sources and tags, as rows with true counters.
import type { posts, sources, topicRepliers, topics, topicTags } from '../../src/db/schema/index.ts';
import type { MemberId, PostId, SectionId, TagId, TopicId } from '../../src/domain/ids.ts';
import { bestRank, hotRank } from '../../src/domain/ranking.ts';
import { slugOf } from '../../src/domain/slug.ts';
import { placeReply, type ReplyPlace } from '../../src/domain/thread.ts';
import { DAY, HOUR } from '../../src/domain/times.ts';
import { URL_KEY_VERSION } from '../../src/domain/url-key.ts';
import type { SafeHtml } from '../../src/lib/html.ts';
import { exponential, type Random, zipf } from './random.ts';
import { body, title } from './texts.ts';

export interface Cast {
  readonly members: readonly MemberId[];
  readonly sections: readonly SectionId[];
  readonly tags: readonly TagId[];
  /** How many different sites are linked. */
  readonly hosts: number;
  /** Replies a topic has on average. */
  readonly repliesPerTopic: number;
}

export interface Day {
  readonly topics: readonly (typeof topics.$inferInsert)[];
  readonly posts: readonly (typeof posts.$inferInsert)[];
  readonly sources: readonly (typeof sources.$inferInsert)[];
  readonly topicTags: readonly (typeof topicTags.$inferInsert)[];
  readonly topicRepliers: readonly (typeof topicRepliers.$inferInsert)[];
}

/** The first ids that are free. */
export interface Free {
  topic: number;
  post: number;
}

interface Draft {
  readonly topic: number;
  readonly authorId: MemberId;
  readonly postedAt: Date;
  /** Place in the list of drafts of what it answers; null: top-level. Undefined: it opens the topic. */
  readonly parent?: Draft | null;
  readonly score: number;
}

/** One day's topics; replies come within days. Ids ascend with the time at which things were posted, as in a living forum. */
export function dayOf(random: Random, cast: Cast, start: Date, count: number, free: Free): Day {
  const firstTopic = free.topic;
  const drafts: Draft[] = [];
  for (let n = 0; n < count; n += 1) drafts.push(...draftTopic(random, cast, free.topic++, start));
  drafts.sort((a, b) => a.postedAt.getTime() - b.postedAt.getTime());
  const placed = new Map<Draft, ReplyPlace & { readonly id: PostId }>();
  const rows: (typeof posts.$inferInsert)[] = [];
  for (const draft of drafts) {
    const id = free.post++ as PostId;
    const place = placeOf(draft, id, placed);
    placed.set(draft, { ...place, id });
    rows.push(postRow(random, draft, { ...place, id }));
  }
  const sizes = new Map<number, number>();
  for (const { branchId } of rows) if (branchId) sizes.set(branchId, (sizes.get(branchId) ?? 0) + 1);
  for (const row of rows) if (row.branchId === row.id) row.branchSize = sizes.get(row.id!)!;
  const perTopic = Map.groupBy(rows, ({ topicId }) => topicId as number);
  const made = Array.from({ length: count }, (_, n) =>
    topicRows(random, cast, firstTopic + n, perTopic.get(firstTopic + n)!),
  );
  return {
    posts: rows,
    topics: made.map(({ topic }) => topic),
    sources: made.flatMap(({ source }) => source),
    topicTags: made.flatMap(({ tags }) => tags),
    topicRepliers: made.flatMap(({ repliers }) => repliers),
  };
}

function draftTopic(random: Random, cast: Cast, topic: number, start: Date): Draft[] {
  const anyone = () => cast.members[zipf(random, cast.members.length, 200)]!;
  const postedAt = new Date(start.getTime() + random() * DAY);
  const opening: Draft = { topic, authorId: anyone(), postedAt, score: zipf(random, 200, 3) };
  const replies: Draft[] = [];
  // One discussion in a few hundred goes on for hundreds of replies.
  const many = Math.min(
    2_000,
    Math.floor(exponential(random, cast.repliesPerTopic * 0.8) * (random() < 0.02 ? 12 : 1)),
  );
  for (let n = 0; n < many; n += 1) {
    const parent =
      replies.length > 0 && random() < 0.6 ? replies[Math.floor(random() * replies.length)]! : null;
    const answered = parent ?? opening;
    const at = new Date(answered.postedAt.getTime() + 1_000 + Math.floor(exponential(random, 5 * HOUR)));
    replies.push({ topic, authorId: anyone(), postedAt: at, parent, score: zipf(random, 60, 1) });
  }
  return [opening, ...replies];
}

function placeOf(
  draft: Draft,
  id: PostId,
  placed: Map<Draft, ReplyPlace & { readonly id: PostId }>,
): ReplyPlace {
  const { parent } = draft;
  if (parent === undefined) return placeReply(null);
  const place = placeReply(parent === null ? null : placed.get(parent)!);
  return { ...place, branchId: place.branchId ?? id };
}

function postRow(
  random: Random,
  { topic, authorId, postedAt, score }: Draft,
  place: ReplyPlace & { readonly id: PostId },
) {
  const bodyMd = body(random);
  return {
    ...place,
    topicId: topic as TopicId,
    authorId,
    postedAt,
    bodyMd,
    bodyHtml: `<p>${bodyMd}</p>` as SafeHtml,
    rendererVersion: 1,
    // Without rows in votes, the counters are as they would be after an import.
    score,
    baseScore: score,
    bestRank: bestRank({ upvotes: 0, flagWeight: 0, baseScore: score }),
    branchSize: 1,
  } satisfies typeof posts.$inferInsert;
}

function topicRows(random: Random, cast: Cast, number: number, own: readonly (typeof posts.$inferInsert)[]) {
  const id = number as TopicId;
  const [opening, ...replies] = own;
  const { authorId, postedAt, score = 0 } = opening!;
  const counts = new Map<MemberId, number>();
  for (const reply of replies) counts.set(reply.authorId!, (counts.get(reply.authorId!) ?? 0) + 1);
  const replierCount = [...counts.keys()].filter((replier) => replier !== authorId).length;
  const headline = title(random);
  const isLink = random() < 0.8;
  const topic = {
    id,
    kind: isLink ? 'link' : 'text',
    slug: slugOf(headline),
    title: headline,
    sectionId: cast.sections[zipf(random, cast.sections.length, 5)]!,
    authorId: authorId!,
    openingPostId: opening!.id!,
    postedAt,
    replyCount: replies.length,
    replierCount,
    score,
    hotRank: hotRank({ score, distinctRepliers: replierCount, postedAt, modifier: 0 }),
    lastActivityAt: replies.at(-1)?.postedAt ?? postedAt,
  } satisfies typeof topics.$inferInsert;
  const host = `site-${zipf(random, cast.hosts, 10)}.example`;
  const source = {
    topicId: id,
    addedById: authorId!,
    addedAt: postedAt,
    url: `https://${host}/${number}`,
    urlKey: `${host}/${number}`,
    keyVersion: URL_KEY_VERSION,
    publisherHost: host,
    title: title(random),
  } satisfies typeof sources.$inferInsert;
  const tagIds = new Set(
    Array.from({ length: Math.floor(random() * 4) }, () => cast.tags[zipf(random, cast.tags.length, 8)]!),
  );
  return {
    topic,
    source: isLink ? [source] : [],
    tags: [...tagIds].map((tagId, position) => ({ topicId: id, tagId, position })),
    repliers: [...counts].map(([memberId, n]) => ({ topicId: id, memberId, n })),
  };
}
