// POST /p/:id/model: an author marks an own post as written with a model, or takes the mark off again.
import type { FastifyInstance } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { formBody, readFlag } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { markModelWritten } from './commands/mark-model.ts';

export async function modelRoutes(app: FastifyInstance): Promise<void> {
  app.post<{ Params: { id: string } }>('/p/:id/model', async (request, reply) => {
    const postId = readId<PostId>(request.params.id) ?? notFound();
    const marked = readFlag(formBody(request.body), 'model');
    const order = { viewer: memberOf(request), postId, marked, now: app.clock.now() };
    await app.db.transaction((tx) => markModelWritten(tx, order));
    return reply.redirect(paths.post(postId), 303);
  });
}
