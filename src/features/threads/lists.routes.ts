// GET /, /new, /active, /top, /s/:section, /tag/:tag, /site/:host: the same list, filtered.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { LIST_NAMES, type ListName, paths } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { queryOf } from '../../web/query-of.ts';
import { notFound } from '../../web/problem.ts';
import { readingOf } from '../../web/viewer.ts';
import { readSiteHost } from '../../domain/site-host.ts';
import { findLevel } from '../following/index.ts';
import { findTag } from '../tags/index.ts';
import { siteIntro } from './pages/site.ts';
import { topicListPage, type TopicListFacts } from './pages/list.ts';
import {
  CURSOR_KIND,
  findLatestDigest,
  listPinnedTopics,
  listTopics,
  type Period,
  PERIODS,
  type TopicListFilter,
} from './queries/lists.ts';
import { findSite } from './queries/sites.ts';

interface ListQuery {
  readonly after?: unknown;
  readonly t?: unknown;
  readonly sort?: unknown;
}
interface Of {
  readonly of: TopicListFacts['of'];
  readonly filter: Omit<TopicListFilter, 'list' | 'period'>;
}

const WHOLE_FORUM: Of = { of: undefined, filter: {} };

export async function listRoutes(app: FastifyInstance): Promise<void> {
  async function show(
    request: FastifyRequest<{ Querystring: ListQuery }>,
    reply: FastifyReply,
    list: ListName,
    { of, filter }: Of,
  ): Promise<FastifyReply> {
    const { viewer, query } = request;
    const { pageSize: limit, listSort } = readingOf(request);
    const now = app.clock.now();
    const period = readPeriod(query.t);
    const cursor = pageStart(query.after, (text) => decodeCursor(text, CURSOR_KIND[list]));
    const wanted = { ...filter, list, period, limit };
    const pinnable = list === 'hot' && !cursor && filter.tagId === undefined && filter.host === undefined;
    const [page, pinned, digest] = await Promise.all([
      listTopics(app.db, viewer, wanted, cursor, now),
      pinnable ? listPinnedTopics(app.db, viewer, wanted, now) : [],
      of ? undefined : findLatestDigest(app.db, viewer),
    ]);
    const { name: siteName, tagline } = app.site.current().settings;
    return reply.page(
      'topics/list',
      topicListPage({
        viewer,
        siteName,
        tagline,
        list,
        preferred: listSort,
        period,
        of,
        pinned,
        digest,
        rows: page.rows,
        after: cursor && encodeCursor(cursor),
        next: page.next && encodeCursor(page.next),
      }),
    );
  }

  for (const list of LIST_NAMES) {
    app.get<{ Querystring: ListQuery }>(paths.list(list), async (request, reply) =>
      // The front page is the list that a member has chosen; the others are what their addresses say.
      show(request, reply, list === 'hot' ? readList(request) : list, WHOLE_FORUM),
    );
  }

  app.get<{ Params: { slug: string }; Querystring: ListQuery }>('/s/:slug', async (request, reply) => {
    const section =
      app.site.current().sections.find(({ slug }) => slug === request.params.slug) ??
      notFound('There is no such section.');
    const { id, slug, name, description } = section;
    const level = await findLevel(app.db, request.viewer, { section: id });
    return show(request, reply, readList(request), {
      of: { kind: 'section', slug, name, description, level },
      filter: { sectionId: id },
    });
  });

  app.get<{ Params: { slug: string }; Querystring: ListQuery }>('/tag/:slug', async (request, reply) => {
    const tag = (await findTag(app.db, request.params.slug)) ?? notFound('There is no such tag.');
    if (tag.slug !== request.params.slug) return reply.redirect(paths.tag(tag.slug), 301);
    const level = await findLevel(app.db, request.viewer, { tag: tag.id });
    return show(request, reply, readList(request), {
      of: { kind: 'tag', slug: tag.slug, name: `#${tag.slug}`, description: tag.description, level },
      filter: { tagId: tag.id },
    });
  });

  app.get<{ Params: { host: string }; Querystring: ListQuery }>('/site/:host', async (request, reply) => {
    const host = readSiteHost(request.params.host) ?? notFound('That is not the name of a site.');
    if (host !== request.params.host) return reply.redirect(paths.site(host) + queryOf(request.url), 301);
    const site = await findSite(app.db, request.viewer, host);
    // Whoever followed a link here reads why it is empty and may still mute it; what counts pages learns that it is none.
    if (site.topics === 0) reply.code(404);
    const description = siteIntro(host, site);
    return show(request, reply, readList(request), {
      of: { kind: 'site', slug: host, name: host, description, site, level: site.level },
      filter: { host },
    });
  });
}

function readList(request: FastifyRequest<{ Querystring: ListQuery }>): ListName {
  return LIST_NAMES.find((name) => name === request.query.sort) ?? readingOf(request).listSort;
}

function readPeriod(t: unknown): Period {
  return typeof t === 'string' && Object.hasOwn(PERIODS, t) ? (t as Period) : 'week';
}
