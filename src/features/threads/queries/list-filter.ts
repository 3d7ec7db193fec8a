// Which topics stand in a list: what it is of, and what its reader narrowed it to.
import { and, eq, gte, inArray, ne, not, type SQL, sql } from 'drizzle-orm';
import { sources, topics, topicTags } from '../../../db/schema/index.ts';
import { followedTopics, unmutedTopics } from '../../../db/following.ts';
import { withoutModelWritten } from '../../../db/visibility.ts';
import type { SectionId, TagId, TopicId } from '../../../domain/ids.ts';
import { PERIODS, type Period } from '../../../domain/periods.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { ListName } from '../../../web/paths.ts';
import { deservesAnotherLook } from './second-chance.ts';
import { unreadSince, unreadTopics } from './unseen.ts';

/** Lists that are chosen for their reader, and the one of topics that few saw. */
export type Chosen = 'followed' | 'unread' | 'second-chance';

export interface TopicListFilter {
  readonly list: ListName;
  /** How far back: of `top`, and of every list where its reader says so. */
  readonly period?: Period;
  readonly sectionId?: SectionId;
  /** The tag that the page is about. */
  readonly tagId?: TagId;
  /** What its topics have one of, that tag included (TagDetails). */
  readonly tagFamily?: readonly TagId[];
  readonly host?: string;
  readonly chosen?: Chosen;
  /** Of the followed ones: as db/following says of the reader. */
  readonly widely?: boolean;
  /** Tags that every topic has; -1 is a tag that there is not. */
  readonly tags?: readonly TagId[];
  /** Tags that none has. */
  readonly withoutTags?: readonly TagId[];
  /** How many topics a page has. */
  readonly limit?: number;
  /** What stands above the list, and so not in it. */
  readonly pinned?: readonly TopicId[];
}

/** The lists of the forum and of its sections. What narrows the others decides how they are best read: they are planned anew. */
export function isCommon({
  tagId,
  tagFamily,
  host,
  chosen,
  period = 'all',
  tags = [],
  withoutTags = [],
}: TopicListFilter): boolean {
  const narrowed =
    tagId !== undefined || tagFamily !== undefined || host !== undefined || chosen !== undefined;
  return !narrowed && period === 'all' && tags.length + withoutTags.length === 0;
}

const CHOSEN: Readonly<Record<Chosen, (viewer: Viewer, now: Date, filter: TopicListFilter) => SQL>> = {
  followed: (viewer, _now, { widely }) => followedTopics(viewer, widely),
  unread: (viewer, now) => unreadTopics(viewer, unreadSince(now)),
  'second-chance': (_viewer, now) => deservesAnotherLook(now),
};

/** Conditions on a row of `topics` to stand in a list, besides being listed at all. */
export function conditions(viewer: Viewer, filter: TopicListFilter, now: Date): (SQL | undefined)[] {
  const { period = 'all', sectionId, tagFamily, host, chosen, tags = [], withoutTags = [] } = filter;
  const span = PERIODS[period];
  return [
    // The page of something that its reader has muted shows what was asked for.
    unmutedTopics(viewer, filter),
    withoutModelWritten(viewer),
    sectionId === undefined ? undefined : eq(topics.sectionId, sectionId),
    tagFamily && hasTag(tagFamily),
    host === undefined ? undefined : hasSourceOn(host),
    chosen && CHOSEN[chosen](viewer, now, filter),
    ...tags.map((id) => hasTag([id])),
    ...withoutTags.map((id) => not(hasTag([id]))),
    span === undefined ? undefined : gte(topics.postedAt, new Date(now.getTime() - span)),
  ];
}

/** One of these tags: given as values, since how many topics have them decides how the list is best read. */
function hasTag(ids: readonly TagId[]): SQL {
  return sql`exists (select from ${topicTags} where ${and(eq(topicTags.topicId, topics.id), inArray(topicTags.tagId, [...ids]))})`;
}

function hasSourceOn(host: string): SQL {
  const there = and(
    eq(sources.topicId, topics.id),
    eq(sources.publisherHost, host),
    ne(sources.state, 'removed'),
  );
  return sql`exists (select from ${sources} where ${there})`;
}
