// GET /dev/gallery.
import type { FastifyInstance } from 'fastify';
import { MARKDOWN } from '../../domain/limits.ts';
import { paths } from '../../web/paths.ts';
import { TEXT } from './made-up-text.ts';
import { galleryPage } from './pages.ts';

const { nesting, tableColumns, outputFactor: outputRatio } = MARKDOWN;
const LIMITS = { characters: TEXT.length, nesting, tableColumns, outputRatio };

export async function galleryRoutes(app: FastifyInstance): Promise<void> {
  const render = async (idPrefix: string) => {
    const mentions = { kevin_h: paths.member('kevin_h') };
    const { siteUrl } = app.config;
    const rendering = await app.markdown.render(TEXT, { idPrefix, mentions, siteUrl, limits: LIMITS });
    if (!rendering.ok) throw new Error(rendering.reason);
    return rendering.html;
  };
  app.get(paths.gallery(), async (_request, reply) => {
    const [textHtml, digestHtml] = [await render('text-'), await render('digest-')];
    const { href: src, edge } = app.site.current().icon.large;
    const picture = { src, width: edge, height: edge };
    return reply.page('dev/gallery', galleryPage({ textHtml, digestHtml, picture }, app.clock.now()));
  });
}
