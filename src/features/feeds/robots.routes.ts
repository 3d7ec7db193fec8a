// GET /robots.txt (RFC 9309): what crawlers should leave alone, and where the sitemap is.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../web/paths.ts';

/** Pages that are of use to one person only, or cost more to make than they tell. The longest rule that fits decides. */
const PUBLIC_FORUM = [
  `Disallow: ${paths.search()}`,
  `Disallow: ${paths.preview()}`,
  `Disallow: ${paths.submit()}`,
  `Disallow: ${paths.settings()}`,
  `Disallow: ${paths.inbox()}`,
  `Disallow: ${paths.queue()}`,
  `Allow: ${paths.moderationLog()}`,
  `Disallow: ${paths.ownFeeds('')}`,
  `Disallow: ${paths.admin()}`,
  // Everything that can be done to a post; its permalink is a redirect that may be followed.
  'Disallow: /p/*/',
];
/** Strangers should not find a forum under development. */
const UNDER_DEVELOPMENT = ['Disallow: /'];

export async function robotsRoutes(app: FastifyInstance): Promise<void> {
  const { production, siteUrl } = app.config;
  const rules = production
    ? [...PUBLIC_FORUM, '', `Sitemap: ${siteUrl}${paths.sitemap()}`]
    : UNDER_DEVELOPMENT;
  const text = ['User-agent: *', ...rules, ''].join('\n');

  app.get('/robots.txt', async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/plain; charset=utf-8').send(text),
  );
}
