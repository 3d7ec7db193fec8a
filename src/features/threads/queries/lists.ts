// Lists of topics: front, section, tag, site and member pages read them here, by keyset, one query a page.
import { and, asc, desc, eq, gte, type SQL, sql } from 'drizzle-orm';
import type { PgSelect } from 'drizzle-orm/pg-core';
import type { Reader } from '../../../db/connection.ts';
import {
  fixedLimit,
  isNoneOf,
  parameter,
  statementFor,
  unseenParameter,
} from '../../../db/named-statements.ts';
import { topics } from '../../../db/schema/index.ts';
import type { CursorKind } from '../../../db/cursor.ts';
import type { Snapshot } from '../../../db/snapshots.ts';
import { followsWidely, unmutedTopics } from '../../../db/following.ts';
import { listedTopics } from '../../../db/visibility.ts';
import type { MemberId, SectionId, TopicId } from '../../../domain/ids.ts';
import { PAGES } from '../../../domain/limits.ts';
import type { Period } from '../../../domain/periods.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { ListName } from '../../../web/paths.ts';
import { conditions, isCommon, type TopicListFilter } from './list-filter.ts';
import { afterPlace, PINNED_MOST, type Place } from './list-place.ts';
import { selectTopics, type TopicRow } from './topic-rows.ts';

export interface TopicList {
  readonly rows: readonly TopicRow[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: Place | undefined;
}

/** What a list's cursor holds. */
export const CURSOR_KIND = {
  hot: 'number',
  new: 'moment',
  active: 'moment',
  top: 'integer',
} as const satisfies Record<ListName, CursorKind>;

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

/** Parameters of the statements that are built once. */
const NOW = parameter<Date>('now');
const OF_SECTION = { sectionId: parameter<SectionId>('section') };
const OF_UNSEEN_SECTION = { sectionId: unseenParameter<SectionId>('section', 'bigint') };
const PLACE: Place = {
  key: parameter<string>('afterKey'),
  id: parameter<number>('afterId'),
  snapshot: parameter<Snapshot>('afterSnapshot'),
  pinned: [],
};

/** One page of listed topics, from the place on that the page before it ended at. */
export async function listTopics(
  db: Reader,
  viewer: Viewer,
  filter: TopicListFilter,
  place: Place | undefined,
  now: Date,
): Promise<TopicList> {
  if (isCommon(filter)) return listCommonTopics(db, viewer, filter, place);
  const widely = filter.chosen === 'followed' && (await followsWidely(db, viewer));
  const which = and(listedTopics(), ...conditions(viewer, { ...filter, widely }, now));
  return readNarrowed(db, viewer, filter, which, place);
}

async function listCommonTopics(
  db: Reader,
  viewer: Viewer,
  { list, sectionId, limit = PAGES.list, pinned = [] }: TopicListFilter,
  place: Place | undefined,
): Promise<TopicList> {
  const above = place?.pinned ?? pinned;
  const which = `${sectionId ? 'section ' : ''}${place ? 'further ' : ''}${above.length > 0 ? 'pinned ' : ''}`;
  const find = statementFor(db, viewer, `list ${list} ${which}${limit}`, (asking) => {
    const here = and(
      listedTopics(),
      ...conditions(asking, { list, ...(sectionId && OF_SECTION) }, NOW),
      above.length > 0 ? isNoneOf(topics.id, sql.placeholder('above')) : undefined,
      place && afterPlace(PLACE, SORT_KEYS[list]),
    );
    return inOrder(selectTopics(db, asking).where(here).$dynamic(), list, limit).prepare('list');
  });
  const { key, id, snapshot } = place ?? {};
  const rows = await find({ section: sectionId, above, afterKey: key, afterId: id, afterSnapshot: snapshot });
  return pageOf(rows, { list, limit, above }, place);
}

/** Topics a moderator pinned, while the pin lasts: above the first page of the hot list they belong to. */
export async function listPinnedTopics(
  db: Reader,
  viewer: Viewer,
  { sectionId }: Pick<TopicListFilter, 'sectionId'>,
  now: Date,
): Promise<TopicRow[]> {
  const find = statementFor(db, viewer, sectionId ? 'pinned in section' : 'pinned', (asking) =>
    selectTopics(db, asking)
      .where(
        and(
          listedTopics(),
          gte(topics.pinnedUntil, unseenParameter('now', 'timestamptz')),
          ...conditions(asking, { list: 'hot', ...(sectionId && OF_UNSEEN_SECTION) }, NOW),
        ),
      )
      .orderBy(asc(topics.pinnedUntil), desc(topics.id))
      .limit(PINNED_MOST)
      .prepare('pinned'),
  );
  return find({ section: sectionId, now });
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
  return readNarrowed(db, viewer, { list, limit }, which, place);
}

async function readNarrowed(
  db: Reader,
  viewer: Viewer,
  { list, limit = PAGES.list, pinned = [], period = 'all' }: TopicListFilter,
  which: SQL | undefined,
  place: Place | undefined,
): Promise<TopicList> {
  const key = SORT_KEYS[list];
  const above = place?.pinned ?? pinned;
  const here = and(which, above.length > 0 ? isNoneOf(topics.id, above) : undefined, afterPlace(place, key));
  // PostgreSQL may have to gather and sort many: the ids are chosen before all that rows show is read.
  const order = list === 'top' && SHORT.has(period) ? sql`${key} + 0` : key;
  const chosen = sql`${topics.id} in (select ${topics.id} from ${topics} where ${here}
    order by ${order} desc, ${topics.id} desc limit ${fixedLimit(limit + 1)})`;
  const rows = await inOrder(selectTopics(db, viewer).where(chosen).$dynamic(), list, limit);
  return pageOf(rows, { list, limit, above }, place);
}

function inOrder<Query extends PgSelect>(query: Query, list: ListName, limit: number) {
  return query.orderBy(desc(SORT_KEYS[list]), desc(topics.id)).limit(fixedLimit(limit + 1));
}

/** @param rows one more than stand on a page, where there are more */
function pageOf(
  rows: readonly (TopicRow & { readonly topScore: number })[],
  { list, limit, above }: { list: ListName; limit: number; above: readonly TopicId[] },
  place: Place | undefined,
): TopicList {
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
