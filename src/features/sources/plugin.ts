// The sources of topics: adding them to topics of others, and setting right what they are.
import type { FastifyInstance } from 'fastify';
import { requireMember } from '../../web/guards.ts';
import { sourceRoutes } from './source.routes.ts';
import { sourcesRoutes } from './sources.routes.ts';

export async function sources(app: FastifyInstance): Promise<void> {
  await app.register(sourcesRoutes);
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireMember);
    await scope.register(sourceRoutes);
  });
}
