// GET /settings/appearance: how the forum looks to a member.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../web/paths.ts';
import { appearancePage } from './pages/appearance.ts';

export async function appearanceRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.appearance(), async (request, reply) =>
    reply.page('members/appearance', appearancePage({ theme: request.signedIn?.theme ?? 'auto' })),
  );
}
