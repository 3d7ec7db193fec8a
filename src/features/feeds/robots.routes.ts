// GET /robots.txt (RFC 9309): what crawlers should leave alone, and where the sitemap is.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../web/paths.ts';

/** Pages that are of use to one person only, lead to logging in, or cost more to make than they tell. */
const LEFT_ALONE = [
  paths.search(),
  paths.preview(),
  paths.submit(),
  paths.drafts(),
  paths.settings(),
  paths.inbox(),
  paths.saved(),
  paths.followed(),
  paths.unread(),
  paths.incoming(),
  paths.signIn(),
  paths.signUp(),
  paths.confirm(),
  paths.forgot(),
  paths.unsubscribe(),
  paths.newTopics(),
  paths.complete(),
  paths.feedKey(),
  paths.ownFeeds('*'),
  paths.queue(),
  paths.admin(),
  // Everything that can be done to a post; its permalink is a redirect that may be followed.
  '/p/*/',
  // Asked for by open pages.
  '/t/*/new?',
];
/** The longest rule that fits decides. */
const PUBLIC_FORUM = [...LEFT_ALONE.map((path) => `Disallow: ${path}`), `Allow: ${paths.moderationLog()}`];
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
