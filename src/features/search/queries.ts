// Full-text search in PostgreSQL: posts found by their text, and opening posts also by their topic's title.
import { and, desc, eq, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { union } from 'drizzle-orm/pg-core';
import type { Reader } from '../../db/connection.ts';
import { after, type Cursor } from '../../db/cursor.ts';
import { members, posts, sections, topics } from '../../db/schema/index.ts';
import { idOfNamed } from '../../db/names.ts';
import { listedPosts } from '../../db/visibility.ts';
import type { PostId, TopicId } from '../../domain/ids.ts';
import type { SafeHtml } from '../../lib/html.ts';
import type { Order, Search } from './forms.ts';

/** One page of results: each has some lines of text, so they are fewer than the rows of a list. */
const PAGE = 20;
/** Ranking reads each match, so a word that stands in a tenth of all posts must not have them all read. */
const MOST_RANKED = 5_000;
/** Ranks are compared in steps of 1/10,000, and between equals the newer post goes first. */
const RANK_STEPS = 10_000;

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
}

export interface FoundPosts {
  readonly rows: readonly FoundPost[];
  readonly next: Cursor | undefined;
  /** How many there are on all pages; undefined where they are not counted (by date). */
  readonly total: number | undefined;
  /** As many match as are ranked at most: there may be older ones. */
  readonly capped: boolean;
}

/** Whether an order's cursor holds a number (a rank) or a moment. */
export const CURSOR_KIND = { relevance: 'number', new: 'moment' } as const satisfies Record<
  Order,
  'number' | 'moment'
>;

export type Sense = 'searchable' | 'common' | 'negative';

/**
 * Whether the words name something to look for: `common` when no word that is indexed is among them, `negative` when
 * all they say is what to leave out, which would be read from every post there is.
 */
export async function loadSense(db: Reader, words: string): Promise<Sense> {
  const { rows } = await db.execute<{ tree: string }>(sql`select querytree(${termsOf(words)}) as tree`);
  // https://www.postgresql.org/docs/15/textsearch-features.html: the part an index can answer, or "T" for none.
  const tree = rows[0]?.tree ?? '';
  if (tree === '') return 'common';
  return tree === 'T' ? 'negative' : 'searchable';
}

/** One page of the posts that match, the same for every viewer. */
export async function searchPosts(
  db: Reader,
  search: Search,
  cursor: Cursor | undefined,
  mostRanked: number = MOST_RANKED,
): Promise<FoundPosts> {
  return search.order === 'new'
    ? searchNewest(db, search, cursor)
    : searchRelevant(db, search, cursor, mostRanked);
}

async function searchNewest(db: Reader, search: Search, cursor: Cursor | undefined): Promise<FoundPosts> {
  const found = newestMatches(db, search, cursor, PAGE + 1);
  const rows = await db
    .select(RESULT)
    .from(found)
    .innerJoin(posts, eq(posts.id, found.id))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, posts.authorId))
    .orderBy(desc(posts.postedAt), desc(posts.id));
  return { ...pageOf(rows, ({ postedAt }) => postedAt.toISOString()), total: undefined, capped: false };
}

async function searchRelevant(
  db: Reader,
  search: Search,
  cursor: Cursor | undefined,
  mostRanked: number,
): Promise<FoundPosts> {
  const found = newestMatches(db, search, undefined, mostRanked);
  const ranked = db
    .select({
      id: found.id,
      rank: rankOf(termsOf(search.words)).as('rank'),
      total: sql`count(*) over ()`.mapWith(Number).as('total'),
    })
    .from(found)
    .innerJoin(posts, eq(posts.id, found.id))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .as('ranked');
  const rows = await db
    .select({ ...RESULT, rank: ranked.rank, total: ranked.total })
    .from(ranked)
    .innerJoin(posts, eq(posts.id, ranked.id))
    .innerJoin(topics, eq(topics.id, posts.topicId))
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, posts.authorId))
    .where(after(cursor, sql`${ranked.rank}`, posts.id))
    .orderBy(desc(ranked.rank), desc(posts.id))
    .limit(PAGE + 1);
  const total = rows[0]?.total ?? 0;
  return { ...pageOf(rows, ({ rank }) => rank), total, capped: total >= mostRanked };
}

const RESULT = {
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
};

/** The newest matches after the cursor: the newest of those found by text and of those found by title. */
function newestMatches(db: Reader, search: Search, cursor: Cursor | undefined, limit: number) {
  const terms = termsOf(search.words);
  const matches = (found: SQL | undefined) =>
    db
      .select({ id: posts.id, postedAt: posts.postedAt })
      .from(posts)
      .innerJoin(topics, eq(topics.id, posts.topicId))
      .where(
        and(
          listedPosts(),
          found,
          withoutExcluded(terms),
          ...conditions(search),
          after(cursor, posts.postedAt, posts.id),
        ),
      )
      .orderBy(desc(posts.postedAt), desc(posts.id))
      .limit(limit);
  const byText = matches(sql`${posts.search} @@ ${terms}`);
  const byTitle = matches(and(eq(posts.id, topics.openingPostId), sql`${topics.search} @@ ${terms}`));
  const either = (search.place === 'replies' ? byText : union(byText, byTitle)).as('either');
  return db
    .select({ id: either.id, postedAt: either.postedAt })
    .from(either)
    .orderBy(desc(either.postedAt), desc(either.id))
    .limit(limit)
    .as('found');
}

function conditions({ place, section, by }: Search): (SQL | undefined)[] {
  return [
    place === 'topics' ? isNull(posts.branchId) : undefined,
    place === 'replies' ? isNotNull(posts.branchId) : undefined,
    section === undefined
      ? undefined
      : sql`${topics.sectionId} = (select ${sections.id} from ${sections} where ${sections.slug} = ${section})`,
    by === '' ? undefined : eq(posts.authorId, idOfNamed(by)),
  ];
}

/** A topic is one text: a word to leave out counts in its title and in its opening post, whichever the others stand in. */
function withoutExcluded(terms: SQL): SQL {
  return sql`(${posts.branchId} is not null or (${topics.search} || ${posts.search}) @@ ${terms})`;
}

/** A word in the title weighs ten times one in the text; long texts gain nothing by their length (normalisation 1). */
function rankOf(terms: SQL): SQL<number> {
  return sql<number>`(${RANK_STEPS}::float8 * ts_rank(
    case when ${posts.branchId} is null then setweight(${topics.search}, 'A') || ${posts.search} else ${posts.search} end,
    ${terms}, 1))::integer`;
}

/** A minus before nothing that could be left out. PostgreSQL has room for some 30 of them in a row, then it fails. */
const MINUS_OF_NOTHING = /-(?![\p{L}\p{N}"])/gu;

/** Quoted phrases, "or" and a leading minus are understood; whatever else is typed cannot be wrong. */
export function termsOf(words: string): SQL {
  return sql`websearch_to_tsquery('english', ${words.replace(MINUS_OF_NOTHING, ' ')})`;
}

function pageOf<Row extends FoundPost>(
  rows: readonly Row[],
  keyOf: (row: Row) => Cursor['key'],
): Pick<FoundPosts, 'rows' | 'next'> {
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const next = last && rows.length > PAGE ? { key: keyOf(last), id: last.id } : undefined;
  return { rows: shown, next };
}
