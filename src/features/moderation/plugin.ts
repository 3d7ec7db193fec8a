// Flags for members, the queue and decisions for moderators, the log for everybody.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember, requireModerator } from '../../web/guards.ts';
import { decisionRoutes } from './decision.routes.ts';
import { flagRoutes } from './flag.routes.ts';
import { logRoutes } from './log.routes.ts';
import { mergeRoutes } from './merge.routes.ts';
import { queueRoutes } from './queue.routes.ts';

export async function moderation(app: FastifyInstance): Promise<void> {
  await app.register(logRoutes);
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireMember);
    await scope.register(flagRoutes);
  });
  await app.register(async (scope) => {
    scope.addHook('onRequest', noStore);
    scope.addHook('onRequest', requireModerator);
    await scope.register(queueRoutes);
    await scope.register(decisionRoutes);
    await scope.register(mergeRoutes);
  });
}
