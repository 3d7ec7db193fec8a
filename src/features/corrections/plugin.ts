// What members set right in topics of others: titles and tags.
import type { FastifyInstance } from 'fastify';
import { requireMember } from '../../web/guards.ts';
import { suggestRoutes } from './suggest.routes.ts';

export async function corrections(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', requireMember);
  await app.register(suggestRoutes);
}
