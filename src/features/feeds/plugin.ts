// What programs read: feeds for readers, robots.txt and sitemaps for crawlers,
// opensearch.xml for browsers.
import type { FastifyInstance } from 'fastify';
import { feedsRoutes } from './feeds.routes.ts';
import { listFeedRoutes } from './lists.routes.ts';
import { openSearchRoutes } from './opensearch.routes.ts';
import { ownFeedRoutes } from './own-feed.routes.ts';
import { placeFeedRoutes } from './places.routes.ts';
import { recordFeedRoutes } from './record.routes.ts';
import { robotsRoutes } from './robots.routes.ts';
import { sitemapRoutes } from './sitemap.routes.ts';

export async function feeds(app: FastifyInstance, { secret }: { readonly secret: string }): Promise<void> {
  const secrets = [secret, ...app.config.secretPrevious];
  await app.register(listFeedRoutes);
  await app.register(placeFeedRoutes);
  await app.register(recordFeedRoutes);
  await app.register(ownFeedRoutes, { secrets });
  await app.register(feedsRoutes, { secrets });
  await app.register(sitemapRoutes);
  await app.register(robotsRoutes);
  await app.register(openSearchRoutes);
}
