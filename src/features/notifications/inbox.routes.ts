// GET /inbox and POST /inbox/read.
import type { FastifyInstance } from 'fastify';
import { type NotificationId, readId } from '../../domain/ids.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { notFound } from '../../web/problem.ts';
import { readingOf } from '../../web/viewer.ts';
import { markRead } from './commands.ts';
import { notificationsPage } from './pages.ts';
import { listNotifications } from './queries.ts';

export async function inboxRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { show?: unknown; after?: unknown } }>(paths.inbox(), async (request, reply) => {
    const unread = request.query.show === 'unread';
    const after = pageStart(request.query.after, readId<NotificationId>);
    const { pageSize: limit } = readingOf(request);
    const { rows, next } = await listNotifications(app.db, memberOf(request), { unread, after, limit });
    const unreadCount = request.signedIn?.unreadNotifications ?? 0;
    return reply.page(
      'notifications/inbox',
      notificationsPage({ rows, unread, unreadCount, after, next, now: app.clock.now() }),
    );
  });

  app.post(paths.inboxRead(), async (request, reply) => {
    const body = formBody(request.body);
    const id = readId<NotificationId>(readText(body, 'id'));
    const upTo = readId<NotificationId>(readText(body, 'upTo'));
    const which =
      id !== undefined ? { id } : upTo !== undefined ? { upTo } : notFound('There is no such notification.');
    await app.db.transaction((tx) => markRead(tx, memberOf(request).id, which, app.clock.now()));
    return reply.redirect(safeNext(body.next), 303);
  });
}
