// GET /rules, /about, /privacy.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../web/paths.ts';
import { textPage, type TextName } from './pages.ts';
import { rememberTexts } from './texts.ts';

const NAMES: readonly TextName[] = ['rules', 'about', 'privacy'];

export async function textRoutes(app: FastifyInstance): Promise<void> {
  const readText = rememberTexts(app.markdown, app.config.siteUrl);
  for (const name of NAMES) {
    app.get(paths[name](), async (_request, reply) => {
      const site = app.site.current();
      return reply.page('site/text', textPage(name, await readText(name, site.settings[name]), site));
    });
  }
}
