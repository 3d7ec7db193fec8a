// Lists of topics: front, section, tag, site and member pages read them here, by keyset, one query a page.
import { and, asc, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { fixedLimit, isNoneOf } from '../../../db/named-statements.ts';
import {
  members,
  posts,
  sections,
  sources,
  tags,
  topics,
  topicTags,
  votes,
} from '../../../db/schema/index.ts';
import { currentSnapshot, type Snapshot } from '../../../db/snapshots.ts';
import { followsWidely, unmutedTopics } from '../../../db/following.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { MemberId, PostId, TopicId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { Period } from '../../../domain/periods.ts';
import type { TopicKind } from '../../../domain/post-text.ts';
import type { State } from '../../../domain/state.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { ListName } from '../../../web/paths.ts';
import { inOrderOfPosting } from '../../links/index.ts';
import { conditions, type TopicListFilter } from './list-filter.ts';
import { afterPlace, PINNED_MOST, type Place } from './list-place.ts';
import { newestOpeningPost } from './new-topics.ts';
import { unseenReplies } from './unseen.ts';

export interface TopicRow {
  readonly id: TopicId;
  readonly kind: TopicKind;
  readonly slug: string;
  readonly title: string;
  readonly state: State;
  readonly openingPostId: PostId;
  readonly sectionSlug: string;
  readonly sectionName: string;
  readonly authorId: MemberId | null;
  readonly authorName: string | null;
  readonly postedAt: Date;
  readonly lastActivityAt: Date;
  readonly lockedAt: Date | null;
  readonly replyCount: number;
  readonly score: number;
  readonly hotRank: number;
  /** What the page it stands on was read by. */
  readonly snapshot: Snapshot;
  /** The opening post of the newest topic of the forum then. */
  readonly newest: PostId | null;
  /** What it was posted with: a document that somebody adds later does not turn its headline elsewhere. */
  readonly source: { readonly url: string; readonly host: string } | null;
  readonly tags: readonly { readonly slug: string; readonly name: string }[];
  readonly voted: boolean;
  /** Its opening post, by its author's own word. */
  readonly modelWritten: boolean;
  /** How many replies are new to the viewer; null: never opened, or a visitor. */
  readonly unseen: number | null;
  /** What it was merged into, for the author's own list; no title where that is gone. Null: it stands for itself. */
  readonly mergedInto: { readonly id: TopicId; readonly title: string | null } | null;
}

export interface TopicList {
  readonly rows: readonly TopicRow[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Place | undefined;
}

/** Whether a list's cursor holds a number or a moment. */
export const CURSOR_KIND = {
  hot: 'number',
  new: 'moment',
  active: 'moment',
  top: 'number',
} as const satisfies Record<ListName, 'number' | 'moment'>;

const SORT_KEYS = {
  hot: topics.hotRank,
  new: topics.postedAt,
  active: topics.lastActivityAt,
  top: topics.score,
} as const;

/**
 * Of so few days the best are found by reading these days. By the index of scores, which does not answer for a sum, those
 * of all years with as many votes would be read before them, the more the older the forum is.
 */
const SHORT: ReadonlySet<Period> = new Set(['day', 'week', 'month']);

/** One page of listed topics, from the place on that the page before it ended at. */
export async function listTopics(
  db: Reader,
  viewer: Viewer,
  filter: TopicListFilter,
  place: Place | undefined,
  now: Date,
): Promise<TopicList> {
  const widely = filter.chosen === 'followed' && (await followsWidely(db, viewer));
  const which = and(listedTopics(), ...conditions(viewer, { ...filter, widely }, now));
  return readPage(db, viewer, { ...filter, named: isCommon(filter) }, which, place);
}

/** Topics a moderator pinned, while the pin lasts: above the first page of the hot list they belong to. */
export async function listPinnedTopics(
  db: Reader,
  viewer: Viewer,
  filter: TopicListFilter,
  now: Date,
): Promise<TopicRow[]> {
  return selectTopics(db, viewer)
    .where(and(listedTopics(), gte(topics.pinnedUntil, now), ...conditions(viewer, filter, now)))
    .orderBy(asc(topics.pinnedUntil), desc(topics.id))
    .limit(fixedLimit(PINNED_MOST))
    .prepare('pinned')
    .execute();
}

/** A member's topics; the member also sees own ones that are held, hidden or withdrawn. */
export async function listTopicsOfMember(
  db: Reader,
  viewer: Viewer,
  { authorId, list, limit }: { authorId: MemberId; list: ListName; limit: number },
  place: Place | undefined,
): Promise<TopicList> {
  const own = viewer.kind === 'member' && viewer.id === authorId;
  const others = own ? undefined : and(listedTopics(), unmutedTopics(viewer, { authorId }));
  const which = and(others, eq(topics.authorId, authorId));
  return readPage(db, viewer, { list, limit, named: false }, which, place);
}

/** The lists of the forum and of its sections. What narrows the others decides how they are best read: they are planned anew. */
function isCommon({
  tagFamily,
  host,
  chosen,
  period = 'all',
  tags = [],
  withoutTags = [],
}: TopicListFilter): boolean {
  const narrowed = tagFamily !== undefined || host !== undefined || chosen !== undefined;
  return !narrowed && period === 'all' && tags.length + withoutTags.length === 0;
}

async function readPage(
  db: Reader,
  viewer: Viewer,
  {
    list,
    limit = PAGES.list,
    pinned = [],
    period = 'all',
    named,
  }: Pick<TopicListFilter, 'list' | 'limit' | 'pinned' | 'period'> & { readonly named: boolean },
  which: SQL | undefined,
  place: Place | undefined,
): Promise<TopicList> {
  const key = SORT_KEYS[list];
  const above = place?.pinned ?? pinned;
  const here = and(which, above.length > 0 ? isNoneOf(topics.id, above) : undefined, afterPlace(place, key));
  const most = fixedLimit(limit + 1);
  // Of a narrowed list PostgreSQL may have to gather and sort many: the ids are chosen before all that rows show is read.
  const order = list === 'top' && SHORT.has(period) ? sql`${key} + 0` : key;
  const chosen = sql`${topics.id} in (select ${topics.id} from ${topics} where ${here}
    order by ${order} desc, ${topics.id} desc limit ${most})`;
  const query = selectTopics(db, viewer)
    .where(named ? here : chosen)
    .orderBy(desc(key), desc(topics.id))
    .limit(most);
  const rows = await (named ? query.prepare('list').execute() : query);
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (!last || rows.length <= limit) return { rows: shown, next: undefined };
  const keys = {
    hot: last.hotRank,
    new: last.postedAt.toISOString(),
    active: last.lastActivityAt.toISOString(),
    top: last.topScore,
  };
  const snapshot = place?.snapshot ?? last.snapshot;
  return { rows: shown, next: { key: keys[list], id: last.id, snapshot, pinned: above } };
}

export function selectTopics(db: Reader, viewer: Viewer) {
  return db
    .select({
      id: topics.id,
      kind: topics.kind,
      slug: topics.slug,
      title: topics.title,
      state: topics.state,
      openingPostId: sql<PostId>`${topics.openingPostId}`.mapWith((id) => Number(id) as PostId),
      sectionSlug: sections.slug,
      sectionName: sections.name,
      authorId: topics.authorId,
      authorName: members.name,
      postedAt: topics.postedAt,
      lastActivityAt: topics.lastActivityAt,
      lockedAt: topics.lockedAt,
      replyCount: topics.replyCount,
      score: shownScore(viewer),
      topScore: topics.score,
      hotRank: topics.hotRank,
      snapshot: currentSnapshot,
      newest: newestOpeningPost,
      source: sql<
        TopicRow['source']
      >`(select json_build_object('url', ${sources.url}, 'host', ${sources.publisherHost}) from ${sources}
        where ${sources.topicId} = ${topics.id} and ${sources.state} <> 'removed' 
        order by ${sql.join(inOrderOfPosting(), sql`, `)} limit 1)`,
      tags: sql<
        TopicRow['tags']
      >`coalesce((select json_agg(json_build_object('slug', ${tags.slug}, 'name', ${tags.name}) order by ${topicTags.position})
        from ${topicTags} join ${tags} on ${tags.id} = ${topicTags.tagId} where ${topicTags.topicId} = ${topics.id}), '[]'::json)`,
      voted: votedBy(viewer, topics.openingPostId),
      modelWritten: sql<boolean>`(select ${posts.modelWritten} from ${posts} where ${posts.id} = ${topics.openingPostId})`,
      unseen: unseenReplies(viewer),
      mergedInto: sql<
        TopicRow['mergedInto']
      >`(select json_build_object('id', target.id, 'title', case when target.state = 'visible' then target.title end)
        from ${topics} as target where target.id = ${topics.mergedIntoId})`,
    })
    .from(topics)
    .innerJoin(sections, eq(sections.id, topics.sectionId))
    .leftJoin(members, eq(members.id, topics.authorId));
}

/** A topic is ranked a moment after a vote (rank-topics.ts): members are not to miss their own until then. */
function shownScore(viewer: Viewer): SQL<number> {
  if (viewer.kind !== 'member') return sql<number>`${topics.score}`;
  return sql<number>`coalesce((select ${posts.score} from ${posts} where ${posts.id} = ${topics.openingPostId}), 0)`;
}

/** Whether the viewer has upvoted the post in the given column; false for visitors, without a look at the votes. */
export function votedBy(viewer: Viewer, postId: typeof topics.openingPostId | typeof posts.id): SQL<boolean> {
  if (viewer.kind !== 'member') return sql<boolean>`false`;
  return sql<boolean>`exists (select from ${votes} where ${votes.memberId} = ${viewer.id} and ${votes.postId} = ${postId})`;
}
