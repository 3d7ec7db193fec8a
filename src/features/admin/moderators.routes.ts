// GET /admin/moderators.
import type { FastifyInstance } from 'fastify';
import { DAY } from '../../domain/times.ts';
import { listModeratorsAtWork } from './moderator-queries.ts';
import { moderatorsPage, PERIODS } from './pages.ts';

export async function moderatorsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { days?: unknown } }>('/moderators', async ({ query }, reply) => {
    const period = PERIODS.find((days) => String(days) === query.days) ?? PERIODS[0];
    const since = new Date(app.clock.now().getTime() - period * DAY);
    return reply.page('admin/moderators', moderatorsPage(await listModeratorsAtWork(app.db, since), period));
  });
}
