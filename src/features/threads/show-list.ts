// A list of topics, answered: whatever it is of, it is sorted, narrowed and paged in one way.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { TagId } from '../../domain/ids.ts';
import { pageStart } from '../../web/paging.ts';
import { type ListName, paths } from '../../web/paths.ts';
import { readingOf } from '../../web/viewer.ts';
import { type ListQuery, type Narrowing, readNarrowing } from './list-query.ts';
import { firstStepsOf } from '../site/index.ts';
import type { ListOf } from './pages/list-facts.ts';
import { topicListPage } from './pages/list-page.ts';
import { findTagIds } from './queries/filter-tags.ts';
import { isCommon, type TopicListFilter } from './queries/list-filter.ts';
import { decodePlace, encodePlace } from './queries/list-place.ts';
import { CURSOR_KIND, listPinnedTopics, listTopics } from './queries/lists.ts';
import { findSide } from './queries/side.ts';

/** What a list is of, as its page says it and as its query asks. */
export interface Of {
  readonly of: ListOf | undefined;
  readonly filter: Pick<TopicListFilter, 'sectionId' | 'tagId' | 'tagFamily' | 'host' | 'chosen'>;
  /** What an address without a sort means. */
  readonly preferred?: ListName;
}

export type ListRequest = FastifyRequest<{ Querystring: ListQuery }>;

export async function showList(
  request: ListRequest,
  reply: FastifyReply,
  list: ListName,
  { of, filter, preferred }: Of,
): Promise<FastifyReply> {
  const { viewer, query, server: app } = request;
  const reading = readingOf(request);
  const now = app.clock.now();
  const narrowing = readNarrowing(query, list);
  const pageSize = narrowing.per ?? reading.pageSize;
  const place = pageStart(query.after, (text) => decodePlace(text, CURSOR_KIND[list]));
  const front = isFront(request) && place === undefined;
  const known = await findTagIds(
    app.db,
    narrowing.tags.map(({ slug }) => slug),
  );
  const wanted = { ...filter, ...tagsOf(narrowing, known), list, period: narrowing.period, limit: pageSize };
  const [pinned, side] = await Promise.all([
    !place && hasPins(wanted) ? listPinnedTopics(app.db, viewer, wanted, now) : [],
    of ? undefined : findSide(app.db, viewer, now, { front }),
  ]);
  const page = await listTopics(
    app.db,
    viewer,
    { ...wanted, pinned: pinned.map(({ id }) => id) },
    place,
    now,
  );
  const { name: siteName, tagline } = app.site.current().settings;
  return reply.page(
    'topics/list',
    topicListPage({
      ...{ viewer, siteName, tagline, list, of, pinned, side, pageSize },
      front,
      firstSteps: side?.begun ? firstStepsOf(app, side.begun) : null,
      preferred: preferred ?? reading.listSort,
      period: narrowing.period,
      tags: narrowing.tags.map((tag) => ({ ...tag, known: known.has(tag.slug) })),
      tooManyTags: narrowing.tooMany,
      per: narrowing.per,
      rows: page.rows,
      newest: [...pinned, ...page.rows][0]?.newest ?? null,
      after: place && encodePlace(place),
      next: page.next && encodePlace(page.next),
    }),
  );
}

/** Whether what is asked for is the page that people come to first, as it comes. */
function isFront({ routeOptions }: ListRequest): boolean {
  return routeOptions.url === paths.front();
}

/** A tag that there is not is on no topic. */
const NO_TAG = -1 as TagId;

/** The tags of an address as the query asks for them. */
export function tagsOf(
  { tags }: Pick<Narrowing, 'tags'>,
  known: ReadonlyMap<string, TagId>,
): Pick<TopicListFilter, 'tags' | 'withoutTags'> {
  const ids = (without: boolean) =>
    tags.filter((tag) => tag.without === without).map(({ slug }) => known.get(slug) ?? NO_TAG);
  return { tags: ids(false), withoutTags: ids(true) };
}

/** Pins stand above what is hot in the forum or a section, as it comes; not above what somebody looked for. */
function hasPins(filter: TopicListFilter): boolean {
  return filter.list === 'hot' && isCommon(filter);
}
