// GET /moderation/log: public.
import type { FastifyInstance } from 'fastify';
import { pageStart } from '../../web/paging.ts';
import { readLogFilter } from './filters.ts';
import { logPage } from './pages/log.ts';
import { seesNames } from './pages/names.ts';
import { listLog } from './queries/log.ts';
import { decodeLogCursor, encodeLogCursor } from './queries/log-cursor.ts';
import { listModerators } from './queries/moderators.ts';

export async function logRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { readonly after?: unknown } }>('/moderation/log', async (request, reply) => {
    const { query, viewer, reader } = request;
    const { settings, sections } = app.site.current();
    const cursor = pageStart(query.after, decodeLogCursor);
    const filter = readLogFilter(query, sections);
    const naming = { viewer, moderatorNames: settings.moderatorNames };
    // Where the viewer is told no names, a name finds nobody: else trying all of them would tell whose number is whose.
    const byName = seesNames(naming);
    const [{ rows, next }, moderators] = await Promise.all([
      listLog(reader, { viewer, filter, byName, cursor }),
      listModerators(reader, byName ? 'name' : 'number'),
    ]);
    return reply.page(
      'log/log',
      logPage({
        rows,
        next: next && encodeLogCursor(next),
        filter,
        moderators,
        sections,
        isFirstPage: cursor === undefined,
        naming,
        now: app.clock.now(),
      }),
    );
  });
}
