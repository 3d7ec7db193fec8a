// The rows that a made-up topic leaves in the tables.
import type {
  events,
  posts,
  sources,
  topicRepliers,
  topics,
  topicTags,
  votes,
} from '../../../src/db/schema/index.ts';
import type { MemberId, PostId, TopicId } from '../../../src/domain/ids.ts';
import { bestRank, hotRank } from '../../../src/domain/ranking.ts';
import { slugOf } from '../../../src/domain/slug.ts';
import type { ReplyPlace } from '../../../src/domain/thread.ts';
import { HOUR } from '../../../src/domain/times.ts';
import { URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import { eventRows } from '../../../src/features/threads/events.ts';
import type { SafeHtml } from '../../../src/lib/html.ts';
import { RENDERER_VERSION } from '../../../src/lib/markdown/types.ts';
import type { Cast } from './discussions.ts';
import type { TopicPlan } from './plans.ts';
import { exponential, lognormal, type Random, zipf } from './random.ts';
import { body, title } from './texts.ts';

export interface DayRows {
  readonly topics: (typeof topics.$inferInsert)[];
  readonly posts: (typeof posts.$inferInsert)[];
  readonly votes: (typeof votes.$inferInsert)[];
  readonly sources: (typeof sources.$inferInsert)[];
  readonly topicTags: (typeof topicTags.$inferInsert)[];
  readonly topicRepliers: (typeof topicRepliers.$inferInsert)[];
  readonly events: (typeof events.$inferInsert)[];
}

export const noRows = (): DayRows => ({
  ...{ topics: [], posts: [], votes: [], sources: [], topicTags: [], topicRepliers: [], events: [] },
});

/** A post that has its id and its place, and no text yet. */
export interface PlacedPost extends ReplyPlace {
  readonly id: PostId;
  readonly topic: number;
  readonly authorId: MemberId;
  readonly postedAt: Date;
}

/** Votes of a post: three on average, and few have most of them. */
const VOTES = { median: 1.25, sigma: 1.42 } as const;
/** The share of a small circle of voters that votes for a post, on average. */
const SHARE_OF_VOTERS = 0.1;

/** Adds a topic's rows to its day's. @param own its posts, the opening one first */
export function topicRows(
  common: Random,
  cast: Cast,
  own: readonly PlacedPost[],
  plan: TopicPlan,
  day: DayRows,
): void {
  const random = plan.random ?? common;
  const [opening, ...replies] = own as [PlacedPost, ...PlacedPost[]];
  const id = opening.topic as TopicId;
  const { authorId, postedAt } = opening;
  const sectionId = cast.sections[zipf(random, cast.sections.length, 5)]!;
  const carried = { topicId: id, sectionId, topicCountsFrom: postedAt };
  const sizes = new Map<PostId, number>();
  for (const { branchId } of replies) sizes.set(branchId!, (sizes.get(branchId!) ?? 0) + 1);
  const posts = own.map((post) => {
    const cast_ = votersOf(random, cast, plan, post.authorId);
    for (const memberId of cast_)
      day.votes.push({ memberId, postId: post.id, castAt: later(random, post.postedAt), counted: true });
    return { ...postRow(random, post, cast_.length, sizes), ...carried };
  });
  day.posts.push(...posts);

  const repliers = new Map<MemberId, number>();
  for (const reply of replies) repliers.set(reply.authorId, (repliers.get(reply.authorId) ?? 0) + 1);
  for (const [memberId, n] of repliers) day.topicRepliers.push({ topicId: id, memberId, n });
  const replierCount = [...repliers.keys()].filter((replier) => replier !== authorId).length;

  const headline = plan.title ?? title(random);
  const kind = plan.host !== undefined || random() < 0.8 ? 'link' : 'text';
  const { score } = posts[0]!;
  day.topics.push({
    ...{ id, kind, slug: slugOf(headline), title: headline, sectionId, authorId, postedAt },
    ...{ openingPostId: opening.id, replyCount: replies.length, replierCount, score },
    hotRank: hotRank({ score, distinctRepliers: replierCount, postedAt, modifier: 0 }),
    lastActivityAt: own.at(-1)!.postedAt,
  });
  if (kind === 'link') day.sources.push(sourceRow(random, cast, id, opening, plan.host));
  const tagIds = new Set(
    Array.from({ length: Math.floor(random() * 4) }, () => cast.tags[zipf(random, cast.tags.length, 8)]!),
  );
  if (plan.tagId !== undefined) tagIds.add(plan.tagId);
  for (const [position, tagId] of [...tagIds].entries()) day.topicTags.push({ topicId: id, tagId, position });
  day.events.push(...eventRows(own.map((post) => appearance(id, kind, post))));
}

function postRow(random: Random, post: PlacedPost, score: number, sizes: ReadonlyMap<PostId, number>) {
  const { id, parentId, branchId, depth, authorId, postedAt } = post;
  const { markdown, html } = body(random);
  return {
    ...{ id, parentId, branchId, depth, authorId, postedAt, score },
    bodyMd: markdown,
    bodyHtml: html as SafeHtml,
    rendererVersion: RENDERER_VERSION,
    bestRank: bestRank({ upvotes: score, flagWeight: 0, baseScore: 0 }),
    branchSize: branchId === id ? sizes.get(id)! : 1,
  } satisfies Partial<typeof posts.$inferInsert>;
}

/** Who votes for a post: different members, never its author. */
function votersOf(random: Random, cast: Cast, { voters }: TopicPlan, authorId: MemberId): MemberId[] {
  const circle = voters ?? cast.members;
  const wanted = voters
    ? exponential(random, SHARE_OF_VOTERS * voters.length)
    : lognormal(random, VOTES.median, VOTES.sigma);
  const chosen = new Set<MemberId>();
  const most = Math.min(Math.floor(wanted), Math.floor(circle.length / 2));
  while (chosen.size < most) {
    const member = circle[Math.floor(random() * circle.length)]!;
    if (member !== authorId) chosen.add(member);
  }
  return [...chosen];
}

const later = (random: Random, since: Date) =>
  new Date(since.getTime() + Math.floor(exponential(random, 8 * HOUR)));

function sourceRow(
  random: Random,
  cast: Cast,
  topicId: TopicId,
  opening: PlacedPost,
  given: string | undefined,
) {
  const host = given ?? `site-${zipf(random, cast.hosts, 10)}.example`;
  return {
    topicId,
    addedById: opening.authorId,
    addedAt: opening.postedAt,
    url: `https://${host}/${topicId}`,
    urlKey: `${host}/${topicId}`,
    keyVersion: URL_KEY_VERSION,
    publisherHost: host,
    title: title(random),
  } satisfies typeof sources.$inferInsert;
}

function appearance(topicId: TopicId, topicKind: 'link' | 'text', post: PlacedPost) {
  const { id: postId, authorId: actorId, parentId, branchId, postedAt: at } = post;
  const about = { actorId, topicId, postId, at };
  return branchId === null
    ? ({ kind: 'topic-posted', ...about, data: { topicKind } } as const)
    : ({ kind: 'reply-posted', ...about, data: { parentId, branchId, purpose: null } } as const);
}
