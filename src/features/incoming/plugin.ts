// Incoming news: what feeds brought, for members, and which feeds there are, for admins.
import type { FastifyInstance } from 'fastify';
import { noStore, requireAdmin, requireMember } from '../../web/guards.ts';
import { feedsRoutes } from './feeds.routes.ts';
import { incomingRoutes } from './incoming.routes.ts';

export async function incoming(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireMember);
    await scope.register(incomingRoutes);
  });
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireAdmin);
    scope.addHook('onRequest', noStore);
    await scope.register(feedsRoutes);
  });
}
