// What programs read: feeds for readers, robots.txt and sitemaps for crawlers,
// opensearch.xml for browsers.
import type { FastifyInstance } from 'fastify';
import { feedRoutes } from './feeds.routes.ts';
import { openSearchRoutes } from './opensearch.routes.ts';
import { robotsRoutes } from './robots.routes.ts';
import { sitemapRoutes } from './sitemap.routes.ts';

export async function feeds(app: FastifyInstance): Promise<void> {
  await app.register(feedRoutes);
  await app.register(sitemapRoutes);
  await app.register(robotsRoutes);
  await app.register(openSearchRoutes);
}
