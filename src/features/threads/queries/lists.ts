// Lists of topics: front, section, tag, site and member pages read them here, by keyset, one query a page.
import { and, asc, desc, eq, gte, inArray, notInArray, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { after, type Cursor } from '../../../db/cursor.ts';
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
import type { TopicKind } from '../../../domain/post-text.ts';
import { unmutedTopics } from '../../../db/following.ts';
import { listedTopics, withoutModelWritten } from '../../../db/visibility.ts';
import type { MemberId, PostId, SectionId, TagId, TopicId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { State } from '../../../domain/state.ts';
import { DAY } from '../../../domain/times.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { ListName } from '../../../web/paths.ts';
import { inOrderOfPosting } from '../../links/index.ts';
import { unseenReplies } from './unseen.ts';

export const PERIODS = { day: DAY, week: 7 * DAY, month: 30 * DAY, year: 365 * DAY, all: undefined } as const;
export type Period = keyof typeof PERIODS;

export interface TopicListFilter {
  readonly list: ListName;
  /** For `top`: how far back. */
  readonly period?: Period;
  readonly sectionId?: SectionId;
  readonly tagId?: TagId;
  readonly host?: string;
  readonly authorId?: MemberId;
  /** How many topics a page has. */
  readonly limit?: number;
}

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
  readonly next: Cursor | undefined;
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

/** One page of listed topics; those pinned at the moment stand in listPinnedTopics instead. */
export async function listTopics(
  db: Reader,
  viewer: Viewer,
  filter: TopicListFilter,
  cursor: Cursor | undefined,
  now: Date,
): Promise<TopicList> {
  const key = SORT_KEYS[filter.list];
  const { limit = PAGES.list } = filter;
  const rows = await selectTopics(db, viewer)
    .where(
      and(
        listedTopics(),
        withoutPinned(db, viewer, filter, now),
        ...conditions(viewer, filter, now),
        after(cursor, key, topics.id),
      ),
    )
    .orderBy(desc(key), desc(topics.id))
    .limit(limit + 1);
  return pageOf(rows, filter.list, limit);
}

/** Topics a moderator pinned, while the pin lasts: above the first page of the hot list they belong to. */
export async function listPinnedTopics(
  db: Reader,
  viewer: Viewer,
  filter: TopicListFilter,
  now: Date,
): Promise<TopicRow[]> {
  return selectTopics(db, viewer)
    .where(inArray(topics.id, pinnedOnTop(db, viewer, filter, now)))
    .orderBy(...PINNED_ORDER);
}

/** So many topics stand above a list; others that are pinned stand where they would without. */
const PINNED_MOST = 10;
const PINNED_ORDER = [asc(topics.pinnedUntil), desc(topics.id)];

/** Ids of the topics that stand above a list, which for that reason do not stand in it: one query decides on both. */
function pinnedOnTop(db: Reader, viewer: Viewer, filter: TopicListFilter, now: Date) {
  return db
    .select({ id: topics.id })
    .from(topics)
    .where(and(listedTopics(), gte(topics.pinnedUntil, now), ...conditions(viewer, filter, now)))
    .orderBy(...PINNED_ORDER)
    .limit(PINNED_MOST);
}

/** A member's topics, newest first; the member also sees own ones that are held, hidden or withdrawn. */
export async function listTopicsOfMember(
  db: Reader,
  viewer: Viewer,
  authorId: MemberId,
  cursor: Cursor | undefined,
  limit: number,
): Promise<TopicList> {
  const own = viewer.kind === 'member' && viewer.id === authorId;
  const rows = await selectTopics(db, viewer)
    .where(
      and(
        own ? undefined : and(listedTopics(), unmutedTopics(viewer, { authorId })),
        eq(topics.authorId, authorId),
        after(cursor, topics.postedAt, topics.id),
      ),
    )
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(limit + 1);
  return pageOf(rows, 'new', limit);
}

/** The newest digest, for the side of the front page. */
export async function findLatestDigest(db: Reader, viewer: Viewer): Promise<TopicRow | undefined> {
  const [row] = await selectTopics(db, viewer)
    .where(and(listedTopics(), eq(topics.kind, 'digest'), unmutedTopics(viewer)))
    .orderBy(desc(topics.postedAt), desc(topics.id))
    .limit(1);
  return row;
}

export interface RelatedTopic {
  readonly id: TopicId;
  readonly slug: string;
  readonly title: string;
  readonly replyCount: number;
  readonly postedAt: Date;
}

/** What else is discussed in a topic's section now. */
export async function listRelatedTopics(
  db: Reader,
  viewer: Viewer,
  topic: { readonly id: TopicId; readonly sectionId: SectionId },
): Promise<RelatedTopic[]> {
  return db
    .select({
      id: topics.id,
      slug: topics.slug,
      title: topics.title,
      replyCount: topics.replyCount,
      postedAt: topics.postedAt,
    })
    .from(topics)
    .where(
      and(
        listedTopics(),
        unmutedTopics(viewer),
        eq(topics.sectionId, topic.sectionId),
        sql`${topics.id} <> ${topic.id}`,
      ),
    )
    .orderBy(desc(topics.hotRank), desc(topics.id))
    .limit(4);
}

function conditions(viewer: Viewer, filter: TopicListFilter, now: Date): (SQL | undefined)[] {
  const span = filter.list === 'top' ? PERIODS[filter.period ?? 'week'] : undefined;
  return [
    unmutedTopics(viewer, filter),
    withoutModelWritten(viewer),
    filter.sectionId === undefined ? undefined : eq(topics.sectionId, filter.sectionId),
    filter.authorId === undefined ? undefined : eq(topics.authorId, filter.authorId),
    filter.tagId === undefined
      ? undefined
      : sql`exists (select from ${topicTags} where ${topicTags.topicId} = ${topics.id} and ${topicTags.tagId} = ${filter.tagId})`,
    filter.host === undefined
      ? undefined
      : sql`exists (select from ${sources} where ${sources.topicId} = ${topics.id} and ${sources.publisherHost} = ${filter.host} and ${sources.state} <> 'removed')`,
    span === undefined ? undefined : gte(topics.postedAt, new Date(now.getTime() - span)),
  ];
}

/** Only the hot lists show pins on top, so only they leave them out below. */
function withoutPinned(db: Reader, viewer: Viewer, filter: TopicListFilter, now: Date): SQL | undefined {
  const shown = filter.list === 'hot' && filter.tagId === undefined && filter.host === undefined;
  return shown ? notInArray(topics.id, pinnedOnTop(db, viewer, filter, now)) : undefined;
}

function selectTopics(db: Reader, viewer: Viewer) {
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
      score: topics.score,
      hotRank: topics.hotRank,
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

/** Whether the viewer has upvoted the post in the given column; false for visitors, without a look at the votes. */
export function votedBy(viewer: Viewer, postId: typeof topics.openingPostId | typeof posts.id): SQL<boolean> {
  if (viewer.kind !== 'member') return sql<boolean>`false`;
  return sql<boolean>`exists (select from ${votes} where ${votes.memberId} = ${viewer.id} and ${votes.postId} = ${postId})`;
}

function pageOf(rows: readonly TopicRow[], list: ListName, limit: number): TopicList {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  if (!last || rows.length <= limit) return { rows: shown, next: undefined };
  const key = {
    hot: last.hotRank,
    new: last.postedAt.toISOString(),
    active: last.lastActivityAt.toISOString(),
    top: last.score,
  }[list];
  return { rows: shown, next: { key, id: last.id } };
}
