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
import { inboxPage, opensAt } from './pages/inbox.ts';
import { KINDS_SHOWN, listEntries, SHOWN, type Shown } from './queries.ts';
import { loadNotifications } from './rows.ts';

export async function inboxRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { show?: unknown; after?: unknown } }>(paths.inbox(), async (request, reply) => {
    const shown = readShown(request.query.show);
    const after = pageStart(request.query.after, readId<NotificationId>);
    const { pageSize: limit } = readingOf(request);
    const { id } = memberOf(request);
    const { entries, next } = await listEntries(app.db, id, { shown, after, limit });
    const rows = await loadNotifications(app.db, id, entries.map(opensAt));
    const unreadCount = request.signedIn?.unreadNotifications ?? 0;
    return reply.page(
      'notifications/inbox',
      inboxPage({ entries, rows, shown, unreadCount, after, next, now: app.clock.now() }),
    );
  });

  app.post(paths.inboxRead(), async (request, reply) => {
    const body = formBody(request.body);
    const id = readId<NotificationId>(readText(body, 'id'));
    const upTo = readId<NotificationId>(readText(body, 'upTo'));
    const which =
      id !== undefined ? { id } : upTo !== undefined ? { upTo } : notFound('There is no such notification.');
    const kinds = KINDS_SHOWN[readShown(readText(body, 'show'))];
    await app.db.transaction((tx) =>
      markRead(tx, memberOf(request).id, which, { now: app.clock.now(), kinds }),
    );
    return reply.redirect(safeNext(body.next), 303);
  });
}

function readShown(text: unknown): Shown {
  return SHOWN.find((shown) => shown === text) ?? 'all';
}
