// POST /unread/read: the button "Mark all read" of lists.
import type { FastifyInstance } from 'fastify';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { markAllRead } from '../members/index.ts';

export async function markReadRoutes(app: FastifyInstance): Promise<void> {
  app.post(paths.markAllRead(), async (request, reply) => {
    await app.db.transaction((tx) => markAllRead(tx, memberOf(request).id));
    return reply.redirect(safeNext(readText(formBody(request.body), 'next')), 303);
  });
}
