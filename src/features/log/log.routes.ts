// GET /moderation/log: public.
import type { FastifyInstance } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { LOGGED_KINDS } from '../../domain/actions.ts';
import { pageStart } from '../../web/paging.ts';
import { logPage } from './pages/log.ts';
import { listLog, listModerators } from './queries/log.ts';

interface LogRequest {
  Querystring: { readonly action?: unknown; readonly by?: unknown; readonly after?: unknown };
}

export async function logRoutes(app: FastifyInstance): Promise<void> {
  app.get<LogRequest>('/moderation/log', async ({ query }, reply) => {
    const cursor = pageStart(query.after, (text) => decodeCursor(text, 'moment'));
    const filter = {
      kind: LOGGED_KINDS.find((kind) => kind === query.action),
      by: typeof query.by === 'string' && query.by !== '' ? query.by.slice(0, 60) : undefined,
    };
    const [{ rows, next }, moderators] = await Promise.all([
      listLog(app.db, filter, cursor),
      listModerators(app.db),
    ]);
    return reply.page(
      'log/log',
      logPage({
        rows,
        next: next && encodeCursor(next),
        filter,
        moderators,
        isFirstPage: cursor === undefined,
      }),
    );
  });
}
