// Finding posts: which match, in which order, and what the page shows of them.
import { and, asc, desc, eq, gt, gte, inArray, lt, type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { after, type Cursor, type CursorKind } from '../../../db/cursor.ts';
import { members, posts, sections, sources, tags, topics, topicTags } from '../../../db/schema/index.ts';
import type { PostId, TopicId } from '../../../domain/ids.ts';
import type { TextPart } from '../../../domain/search-query.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { SafeHtml } from '../../../lib/html.ts';
import type { Order } from '../forms.ts';
import type { Understood } from '../understanding.ts';
import { conditionsOf, openSince } from './conditions.ts';
import type { Footing } from './footing.ts';
import { termsOf } from './terms.ts';
import { inWeeksOf, ofTopicsSince } from './weeks.ts';
import { collectNewest, type Look, type Window } from './windows.ts';

/** One page of results: each has some lines of text, so they are fewer than the rows of a list. */
const PAGE = 20;
/** Ranking reads each match, so a word that stands in a tenth of all posts must not have them all read. */
const MOST_RANKED = 5_000;
/** Ranks are compared in steps of 1/10,000, and between equals the newer post goes first. */
const RANK_STEPS = 10_000;
/** Hundredths of all posts that are looked through first: enough for what a common word or operator finds. */
const FIRST_LOOK = { relevance: 2, new: 1 } as const;

export interface Asked {
  readonly text: readonly TextPart[];
  readonly filters: readonly Understood[];
  readonly order: Order;
  readonly viewer: Viewer;
  readonly now: Date;
}

export interface FoundPost {
  readonly id: PostId;
  readonly isReply: boolean;
  readonly topicId: TopicId;
  readonly slug: string;
  readonly title: string;
  readonly sectionSlug: string;
  readonly sectionName: string;
  readonly authorName: string | null;
  readonly postedAt: Date;
  readonly score: number;
  readonly replyCount: number;
  readonly bodyHtml: SafeHtml;
  /** Of an opening post: the tags and the sources of its topic, which it is found by as well; '' of a reply. */
  readonly beside: string;
}

export interface FoundPosts {
  readonly rows: readonly FoundPost[];
  readonly next: Cursor | undefined;
  /** How many there are on all pages; undefined where they are not counted, for that would be reading them all. */
  readonly total: number | undefined;
  /** As many match as are ranked at most: there may be older ones. */
  readonly capped: boolean;
}

interface Match {
  readonly id: PostId;
  readonly rank: number;
}

/** What an order's cursor holds: a rank or an id, or a moment. */
export const CURSOR_KIND = { relevance: 'number', new: 'moment', place: 'number' } as const satisfies Record<
  Order,
  CursorKind
>;

/** One page of what matches. */
export async function findPosts(
  tx: Tx,
  asked: Asked,
  footing: Footing,
  cursor: Cursor | undefined,
  mostRanked: number = MOST_RANKED,
): Promise<FoundPosts> {
  if (asked.order === 'relevance') return findRelevant(tx, asked, footing, cursor, mostRanked);
  const ids =
    asked.order === 'place'
      ? await listInPlace(tx, asked, cursor)
      : (await listNewest(tx, asked, footing, PAGE + 1, cursor)).map(({ id }) => id);
  const rows = await loadPosts(tx, ids.slice(0, PAGE));
  const last = rows.at(-1);
  const next =
    last && ids.length > PAGE
      ? { key: asked.order === 'place' ? last.id : last.postedAt.toISOString(), id: last.id }
      : undefined;
  return { rows, next, total: undefined, capped: false };
}

async function findRelevant(
  tx: Tx,
  asked: Asked,
  footing: Footing,
  cursor: Cursor | undefined,
  mostRanked: number,
): Promise<FoundPosts> {
  const found = await listNewest(tx, asked, footing, mostRanked, undefined);
  const ranked = found
    .toSorted((a, b) => b.rank - a.rank || b.id - a.id)
    .filter(
      ({ rank, id }) => !cursor || rank < Number(cursor.key) || (rank === cursor.key && id < cursor.id),
    );
  const shown = ranked.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    rows: await loadPosts(
      tx,
      shown.map(({ id }) => id),
    ),
    next: last && ranked.length > PAGE ? { key: last.rank, id: last.id } : undefined,
    total: found.length,
    capped: found.length >= mostRanked,
  };
}

/** The newest matches after the cursor, newest first. */
async function listNewest(
  tx: Tx,
  asked: Asked,
  { bounds, sense }: Footing,
  want: number,
  cursor: Cursor | undefined,
): Promise<Match[]> {
  const { order } = asked;
  const span = {
    ...spanOf(asked.filters, cursor),
    bounds,
    first: order === 'relevance' ? FIRST_LOOK.relevance : FIRST_LOOK.new,
  };
  return collectNewest(want, span, async (window, rest) => {
    // The way along the index of all posts is short only in a narrow window, whatever the planner expects to find on it;
    // elsewhere it is not offered: what matches is looked up, and then put in order.
    const at = window.narrow ? sql`${posts.postedAt}` : UNINDEXED;
    const known = sense === 'words' ? stretchOf(window, asked) : undefined;
    const stretch = known ?? within(sql`${posts.postedAt}`, window);
    const newest = tx
      .select({ id: posts.id, postedAt: posts.postedAt, search: posts.search })
      .from(posts)
      .where(and(matching(asked), stretch, after(cursor, posts.postedAt, posts.id)))
      .orderBy(desc(at), desc(posts.id))
      .limit(rest)
      .as('newest');
    const rank = order === 'relevance' ? rankOf(sql`${newest.search}`, termsOf(asked.text)) : sql`0`;
    const [row] = await tx
      .select({
        ids: sql<PostId[] | null>`json_agg(${newest.id} order by ${newest.postedAt} desc, ${newest.id} desc)`,
        ranks: sql<number[] | null>`json_agg(${rank} order by ${newest.postedAt} desc, ${newest.id} desc)`,
      })
      .from(newest);
    return (row?.ids ?? []).map((id, index) => ({ id, rank: row?.ranks?.[index] ?? 0 }));
  });
}

/** Matches of one topic in the order in which they were posted. */
async function listInPlace(tx: Tx, asked: Asked, cursor: Cursor | undefined): Promise<PostId[]> {
  const rows = await tx
    .select({ id: posts.id })
    .from(posts)
    .where(and(matching(asked), cursor && gt(posts.id, cursor.id as PostId)))
    .orderBy(asc(posts.id))
    .limit(PAGE + 1);
  return rows.map(({ id }) => id);
}

function matching({ viewer, now, filters, text }: Asked): SQL | undefined {
  return and(
    conditionsOf(viewer, now, filters),
    text.length === 0 ? undefined : sql`${posts.search} @@ ${termsOf(text)}`,
  );
}

/** The moment of a post, for none of the indexes by moments. */
const UNINDEXED = sql`(${posts.postedAt} + interval '0 seconds')`;

function within(at: SQL, { from, until }: Window): SQL | undefined {
  const moment = (date: Date) => sql`${date.toISOString()}::timestamptz`;
  return and(from && gte(at, moment(from)), until && lt(at, moment(until)));
}

/** A wide window as the index of words knows it; undefined where it is narrow, or the index knows nothing of it. */
function stretchOf(window: Look, { filters, now }: Asked): SQL | undefined {
  if (window.narrow) return undefined;
  const isOpen = filters.some(({ filter, condition }) => !filter.excluded && condition.on === 'open');
  const known = inWeeksOf(window) ?? (isOpen ? ofTopicsSince(openSince(now)) : undefined);
  return known && and(known, within(UNINDEXED, window));
}

/** Between which moments all matches lie, as the filters and the cursor say. */
function spanOf(filters: readonly Understood[], cursor: Cursor | undefined): Window {
  const moments = (name: 'before' | 'after') =>
    filters.flatMap(({ filter, condition }) =>
      !filter.excluded && condition.on === name ? [condition.moment.getTime()] : [],
    );
  // The cursor's own moment belongs to what comes after it, as far as the ids go.
  const ends = [...moments('before'), ...(cursor ? [Date.parse(String(cursor.key)) + 1] : [])];
  const begins = moments('after');
  return {
    from: begins.length === 0 ? undefined : new Date(Math.max(...begins)),
    until: ends.length === 0 ? undefined : new Date(Math.min(...ends)),
  };
}

/** A word in the title weighs ten times one in the text; long texts gain nothing by their length (normalisation 1). */
function rankOf(search: SQL, terms: SQL): SQL<number> {
  return sql<number>`(${RANK_STEPS}::float8 * ts_rank(${search}, ${terms}, 1))::integer`;
}

/** As readers would read what the database looks through beside the text (topic_search_of); of an address its words. */
const besideText = sql<string>`case when ${posts.branchId} is null then concat_ws(' · ',
  (select string_agg(concat_ws(', ', ${tags.name}, nullif(array_to_string(${tags.aliases}, ', '), '')), ', ' order by ${topicTags.position})
    from ${topicTags} join ${tags} on ${tags.id} = ${topicTags.tagId} where ${topicTags.topicId} = ${posts.topicId}),
  (select string_agg(concat_ws(' · ', ${sources.title}, ${sources.description}, ${sources.publisher},
      regexp_replace(regexp_replace(${sources.url}, '^https?://', ''), '[^[:alnum:]]+', ' ', 'g')), ' · ' order by ${sources.id})
    from ${sources} where ${sources.topicId} = ${posts.topicId} and ${sources.state} <> 'removed')) else '' end`;

/** What the page shows of these posts, in their order. */
async function loadPosts(tx: Tx, ids: readonly PostId[]): Promise<FoundPost[]> {
  if (ids.length === 0) return [];
  const rows = await tx
    .select({
      id: posts.id,
      isReply: sql<boolean>`${posts.branchId} is not null`,
      topicId: topics.id,
      slug: topics.slug,
      title: topics.title,
      sectionSlug: sections.slug,
      sectionName: sections.name,
      authorName: members.name,
      postedAt: posts.postedAt,
      score: posts.score,
      replyCount: topics.replyCount,
      bodyHtml: posts.bodyHtml,
      beside: besideText,
    })
    .from(posts)
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, posts.authorId))
    .where(inArray(posts.id, [...ids]));
  return rows.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
}
