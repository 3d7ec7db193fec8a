// GET /moderation/log/figures: public.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../web/paths.ts';
import { figuresPage, figuresSince } from './pages/figures.ts';
import { loadFigures } from './queries/figures.ts';

export async function figuresRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.moderationFigures(), async ({ reader }, reply) => {
    const now = app.clock.now();
    const figures = await loadFigures(reader, figuresSince(now));
    return reply.page('log/figures', figuresPage(figures, now));
  });
}
