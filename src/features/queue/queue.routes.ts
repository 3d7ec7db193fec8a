// GET /moderation: the queue. GET /moderation/claims: what open pages of it ask for every few seconds.
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { readReasons } from '../../domain/canned-reasons.ts';
import { type QueueItemId, readId } from '../../domain/ids.ts';
import { memberOf } from '../../web/guards.ts';
import { pageStart } from '../../web/paging.ts';
import { loadAround } from './around.ts';
import { readQueueView } from './filters.ts';
import { itemRoutes } from './item.routes.ts';
import { loadDone } from './load-done.ts';
import { claimStates } from './pages/claims.ts';
import { queuePage } from './pages/queue.ts';
import { listClaims } from './queries/done.ts';
import { countQueue, decodeQueueCursor, encodeQueueCursor, listQueue } from './queries/list.ts';

type Query = Readonly<Record<string, unknown>>;

/** A page shows 30; what asks for more is no page of ours. */
const MOST_ASKED = 60;

export async function queueRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: Query }>('/moderation', async (request, reply) => {
    const { query } = request;
    const view = readQueueView(query);
    const cursor = pageStart(query.after, decodeQueueCursor);
    const viewer = memberOf(request);
    const now = app.clock.now();
    const [{ rows, next }, counts, done] = await Promise.all([
      listQueue(app.db, { viewer, view, cursor, now }),
      countQueue(app.db, view),
      loadDone(app.db, query),
    ]);
    const { settings, sections } = app.site.current();
    return reply.page(
      'queue/queue',
      queuePage({
        ...{ viewer, now, view, counts, rows, sections, done },
        around: await loadAround(app, viewer, rows),
        reasons: readReasons(settings.reasons),
        current: readId<QueueItemId>(String(query.current)),
        allChosen: query.select === 'all',
        after: cursor && encodeQueueCursor(cursor),
        next: next && encodeQueueCursor(next),
      }),
    );
  });

  app.get<{ Querystring: { items?: unknown } }>('/moderation/claims', async (request, reply) => {
    const ids = String(request.query.items)
      .split(',', MOST_ASKED)
      .flatMap((text) => readId<QueueItemId>(text) ?? []);
    const rows = await listClaims(app.db, ids, app.clock.now());
    const answer = JSON.stringify(claimStates(rows, memberOf(request)));
    const etag = `"${createHash('sha256').update(answer).digest('base64url').slice(0, 22)}"`;
    reply.header('etag', etag);
    if (request.headers['if-none-match'] === etag) return reply.code(304).send();
    return reply.type('application/json').send(answer);
  });

  await app.register(itemRoutes);
}
