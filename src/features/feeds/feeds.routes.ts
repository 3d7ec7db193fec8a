// GET /feeds: which feeds there are, and for members the address of their own. POST /feeds/key: a new key for that.
import type { FastifyInstance } from 'fastify';
import { memberOf, noStore, requireMember } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { renewFeedKey } from '../members/index.ts';
import type { OwnFeedOptions } from './own-feed.routes.ts';
import { ownFeedKey } from './own-key.ts';
import { feedsPage } from './pages/feeds.ts';
import { findKeyVersion } from './queries/readers.ts';

/** Registers both. */
export async function feedsRoutes(
  app: FastifyInstance,
  { secrets: [secret = ''] }: OwnFeedOptions,
): Promise<void> {
  app.get(paths.feeds(), async (request, reply) => {
    const { viewer } = request;
    const facts = { site: app.site.current(), siteUrl: app.config.siteUrl };
    if (viewer.kind === 'visitor') return reply.page('feeds/list', feedsPage({ ...facts, own: null }));
    await noStore(request, reply);
    const version = await findKeyVersion(app.db, viewer.id);
    const key = version === 0 ? undefined : ownFeedKey(secret, { memberId: viewer.id, version });
    return reply.page('feeds/list', feedsPage({ ...facts, own: { key } }));
  });

  app.post(paths.feedKey(), { onRequest: requireMember }, async (request, reply) => {
    await app.db.transaction((tx) => renewFeedKey(tx, memberOf(request).id));
    return reply.redirect(`${paths.feeds()}#own`, 303);
  });
}
