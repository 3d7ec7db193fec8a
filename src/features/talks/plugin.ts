// Talks inside queue items.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember, requireModerator } from '../../web/guards.ts';
import { moderatorsTalkRoutes, talkRoutes } from './talks.routes.ts';

export async function talks(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireMember);
    await scope.register(talkRoutes);
  });
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireModerator);
    await scope.register(moderatorsTalkRoutes);
  });
}
