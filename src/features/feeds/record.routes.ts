// Feeds of what the forum makes of its topics: the weeks, and the moderation log.
import type { FastifyInstance } from 'fastify';
import { visitor } from '../../domain/viewer.ts';
import { paths } from '../../web/paths.ts';
import { listDecisions } from '../log/index.ts';
import { listWeeksWithTopics } from '../weekly/index.ts';
import { decisionsFeed } from './decisions.ts';
import { serveFeed } from './serve-feed.ts';
import { weeksFeed } from './weeks.ts';

/** Registers them. */
export async function recordFeedRoutes(app: FastifyInstance): Promise<void> {
  const { siteUrl } = app.config;
  serveFeed(app, paths.weeksFeeds(), async () =>
    weeksFeed(app.site.current(), await listWeeksWithTopics(app.db), siteUrl),
  );
  serveFeed(app, paths.moderationLogFeeds(), async () =>
    decisionsFeed(app.site.current(), await listDecisions(app.db, visitor, app.clock.now()), siteUrl),
  );
}
