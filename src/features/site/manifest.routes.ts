// GET /manifest.webmanifest: how the forum stands among a phone's applications (https://www.w3.org/TR/appmanifest/).
import type { FastifyInstance } from 'fastify';
import { accentPair, PAPER } from '../../domain/accent.ts';
import { paths } from '../../web/paths.ts';
import type { Site } from '../../web/site.ts';

/** What a home screen shows below an icon before it cuts. */
const SHORT_NAME = 12;

export async function manifestRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.manifest(), async (_request, reply) =>
    reply
      .header('cache-control', 'public, max-age=3600')
      .type('application/manifest+json; charset=utf-8')
      .send(JSON.stringify(manifestOf(app.site.current()))),
  );
}

function manifestOf({ settings: { name, tagline, accent }, icon }: Site): object {
  const png = ({ href, edge }: Site['icon']['large'], purpose: 'any' | 'maskable') => ({
    src: href,
    sizes: `${edge}x${edge}`,
    type: 'image/png',
    purpose,
  });
  return {
    id: paths.front(),
    name,
    ...(name.length <= SHORT_NAME && { short_name: name }),
    description: tagline,
    lang: 'en',
    dir: 'ltr',
    start_url: paths.front(),
    scope: paths.front(),
    // A page has no button of its own that leads back.
    display: 'minimal-ui',
    theme_color: accentPair(accent).light.accent,
    background_color: PAPER.light,
    categories: ['news', 'social'],
    icons: [
      { src: icon.href, sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
      png(icon.small, 'any'),
      png(icon.large, 'any'),
      png(icon.large, 'maskable'),
    ],
    shortcuts: [
      { name: 'Post a topic', short_name: 'Post', url: paths.submit() },
      { name: 'New topics', short_name: 'New', url: paths.list('new') },
      { name: 'Notifications', url: paths.inbox() },
      { name: 'Search', url: paths.search() },
    ],
  };
}
