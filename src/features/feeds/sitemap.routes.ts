// GET /sitemap.xml, and its parts once topics no longer fit into one.
import type { FastifyInstance, FastifyReply } from 'fastify';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { listSitemapWeeks } from '../weekly/index.ts';
import { listSitemapParts, listSitemapTopics } from './queries.ts';
import { partPath, sitemapIndexOf, sitemapOf } from './sitemap.ts';

export async function sitemapRoutes(app: FastifyInstance): Promise<void> {
  const { siteUrl } = app.config;

  app.get(paths.sitemap(), async (_request, reply) => {
    const [parts, weeks] = await Promise.all([listSitemapParts(app.db), listSitemapWeeks(app.db)]);
    if (parts.length > 1) return sendXml(reply, sitemapIndexOf(parts, weeks, siteUrl));
    const topics = parts[0] ? await listSitemapTopics(app.db, parts[0].number) : [];
    return sendXml(reply, sitemapOf({ topics, weeks }, siteUrl));
  });

  app.get(partPath('weeks'), async (_request, reply) => {
    const weeks = await listSitemapWeeks(app.db);
    return sendXml(reply, sitemapOf({ topics: [], weeks }, siteUrl));
  });

  app.get<{ Params: { part: string } }>(partPath(':part(^[1-9]\\d{0,8}$)'), async (request, reply) => {
    const topics = await listSitemapTopics(app.db, Number(request.params.part));
    if (topics.length === 0) notFound('The sitemap has no such part.');
    return sendXml(reply, sitemapOf({ topics, weeks: [] }, siteUrl));
  });
}

function sendXml(reply: FastifyReply, text: string): FastifyReply {
  return reply.header('cache-control', 'public, no-cache').type('application/xml; charset=utf-8').send(text);
}
