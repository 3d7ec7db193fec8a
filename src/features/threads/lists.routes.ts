// GET /, /new, /active, /top, /s/:section, /tag/:tag, /site/:host: the same list, of something.
import type { FastifyInstance } from 'fastify';
import { readSiteHost } from '../../domain/site-host.ts';
import { findLevel } from '../following/index.ts';
import { LIST_NAMES, type ListName, paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { queryOf } from '../../web/query-of.ts';
import { readingOf } from '../../web/viewer.ts';
import { findTag } from '../tags/index.ts';
import { type ListQuery, readSort } from './list-query.ts';
import { siteIntro } from './pages/site.ts';
import { findSite } from './queries/sites.ts';
import { type ListRequest, type Of, showList } from './show-list.ts';

const WHOLE_FORUM: Of = { of: undefined, filter: {} };

export async function listRoutes(app: FastifyInstance): Promise<void> {
  for (const list of LIST_NAMES) {
    app.get<{ Querystring: ListQuery }>(paths.list(list), async (request, reply) =>
      // The front page is the list that a member has chosen; the others are what their addresses say.
      showList(request, reply, list === 'hot' ? sortOf(request) : list, WHOLE_FORUM),
    );
  }
  await app.register(sectionRoute);
  await app.register(tagRoute);
  await app.register(siteRoute);
}

async function sectionRoute(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { slug: string }; Querystring: ListQuery }>('/s/:slug', async (request, reply) => {
    const section =
      app.site.current().sections.find(({ slug }) => slug === request.params.slug) ??
      notFound('There is no such section.');
    const { id, slug, name, description } = section;
    return showList(request, reply, sortOf(request), {
      of: {
        kind: 'section',
        slug,
        name,
        description,
        level: await findLevel(app.db, request.viewer, { section: id }),
      },
      filter: { sectionId: id },
    });
  });
}

async function tagRoute(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { slug: string }; Querystring: ListQuery }>('/tag/:slug', async (request, reply) => {
    const tag =
      (await findTag(app.db, request.params.slug, request.viewer)) ?? notFound('There is no such tag.');
    if (tag.slug !== request.params.slug)
      return reply.redirect(paths.tag(tag.slug) + queryOf(request.url), 301);
    return showList(request, reply, sortOf(request), {
      of: {
        kind: 'tag',
        slug: tag.slug,
        name: `#${tag.slug}`,
        description: tag.description,
        tag,
        level: tag.level,
      },
      filter: { tagId: tag.id, tagFamily: tag.family },
    });
  });
}

async function siteRoute(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { host: string }; Querystring: ListQuery }>('/site/:host', async (request, reply) => {
    const host = readSiteHost(request.params.host) ?? notFound('That is not the name of a site.');
    if (host !== request.params.host) return reply.redirect(paths.site(host) + queryOf(request.url), 301);
    const site = await findSite(app.db, request.viewer, host);
    // Whoever followed a link here reads why it is empty and may still mute it; what counts pages learns that it is none.
    if (site.topics === 0) reply.code(404);
    const description = siteIntro(host, site);
    return showList(request, reply, sortOf(request), {
      of: { kind: 'site', slug: host, name: host, description, site, level: site.level },
      filter: { host },
    });
  });
}

function sortOf(request: ListRequest): ListName {
  return readSort(request.query, readingOf(request).listSort);
}
