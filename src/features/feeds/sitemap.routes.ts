// GET /sitemap.xml, the index of the sitemap's parts, and the parts.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { findNewestWeek } from '../../db/newest-week.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { listSitemapWeeks } from '../weekly/index.ts';
import {
  listSitemapParts,
  listSitemapSections,
  listSitemapTags,
  listSitemapTopics,
} from './sitemap-queries.ts';
import { pagesSitemap, partPath, sitemapIndexOf, topicsSitemap, weeksSitemap } from './sitemap.ts';

/** It names parts and moments alone, nothing that could be hidden meanwhile, and is made by looking at every topic. */
const INDEX_KEPT = 'public, max-age=3600';

export async function sitemapRoutes(app: FastifyInstance): Promise<void> {
  const { siteUrl } = app.config;

  app.get(paths.sitemap(), async (_request, reply) => {
    const [parts, newestWeek] = await Promise.all([listSitemapParts(app.db), findNewestWeek(app.db)]);
    reply.header('cache-control', INDEX_KEPT);
    return sendXml(reply, sitemapIndexOf(parts, newestWeek, siteUrl));
  });

  app.get(partPath('pages'), async (_request, reply) => {
    const [sections, tags] = await Promise.all([listSitemapSections(app.db), listSitemapTags(app.db)]);
    return sendXml(reply, pagesSitemap({ sections, tags }, siteUrl));
  });

  app.get(partPath('weeks'), async (_request, reply) =>
    sendXml(reply, weeksSitemap(await listSitemapWeeks(app.db), siteUrl)),
  );

  app.get<{ Params: { part: string } }>(partPath(':part(^[1-9]\\d{0,8}$)'), async (request, reply) => {
    const topics = await listSitemapTopics(app.db, Number(request.params.part));
    if (topics.length === 0) notFound('The sitemap has no such part.');
    return sendXml(reply, topicsSitemap(topics, siteUrl));
  });
}

function sendXml(reply: FastifyReply, text: string): FastifyReply {
  if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'public, no-cache');
  return reply.type('application/xml; charset=utf-8').send(text);
}
