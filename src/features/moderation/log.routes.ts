// GET /moderation/log: public.
import type { FastifyInstance } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { LOGGED_KINDS } from '../../domain/actions.ts';
import { Problem } from '../../web/problem.ts';
import { logPage } from './pages/log.ts';
import { listLog, listModerators } from './queries/log.ts';

interface LogRequest {
  Querystring: { readonly action?: unknown; readonly by?: unknown; readonly after?: unknown };
}

export async function logRoutes(app: FastifyInstance): Promise<void> {
  app.get<LogRequest>('/moderation/log', async ({ query }, reply) => {
    const cursor = query.after === undefined ? undefined : decodeCursor(query.after, 'moment');
    if (query.after !== undefined && !cursor)
      throw new Problem(
        'invalid',
        'The address of this page was cut off or changed. Start from the first page.',
      );
    const filter = {
      kind: LOGGED_KINDS.find((kind) => kind === query.action),
      by: typeof query.by === 'string' && query.by !== '' ? query.by.slice(0, 60) : undefined,
    };
    const [{ rows, next }, moderators] = await Promise.all([
      listLog(app.db, filter, cursor),
      listModerators(app.db),
    ]);
    return reply.page(
      'moderation/log',
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
