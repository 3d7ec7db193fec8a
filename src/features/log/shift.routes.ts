// GET /moderation/shift: for moderators.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isModerator } from '../../domain/viewer.ts';
import { memberOf, noStore, requireModerator, wantsJson } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { shiftPage } from './pages/shift.ts';
import { loadChanges } from './queries/shift.ts';
import { findLastShift, noteWork } from './shifts.ts';

export async function shiftRoutes(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireModerator);
  app.get(paths.shift(), async (request, reply) => {
    const { id } = memberOf(request);
    const now = app.clock.now();
    const last = await findLastShift(app.db, id, now);
    return reply.page('log/shift', shiftPage(await loadChanges(app.db, id, last.since, now), last));
  });
}

/** Notes, after the answer, that a moderator is at work. */
export async function noteShift(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  const { viewer, server } = request;
  if (viewer.kind !== 'member' || !isModerator(viewer) || !isWork(request) || reply.statusCode >= 400) return;
  await noteWork(server.db, viewer.id, server.clock.now()).catch((error: unknown) => {
    request.log.warn({ err: error }, 'could not note a shift');
  });
}

/** Not what everybody can read, not what an open page asks for by itself, nor what a browser fetches ahead of time. */
function isWork(request: FastifyRequest): boolean {
  const url = request.routeOptions.url ?? '';
  const inside = url === paths.queue() || url.startsWith(`${paths.queue()}/`);
  if (!inside || url.startsWith(paths.moderationLog())) return false;
  if (request.method === 'HEAD' || (request.method === 'GET' && wantsJson(request))) return false;
  const purpose = request.headers['sec-purpose'] ?? request.headers.purpose;
  return !String(purpose ?? '').includes('prefetch');
}
