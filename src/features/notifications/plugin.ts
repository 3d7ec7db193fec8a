// The inbox: what each member is told.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { inboxRoutes } from './inbox.routes.ts';

export async function notifications(app: FastifyInstance): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireMember);
    scope.addHook('onRequest', noStore);
    await scope.register(inboxRoutes);
  });
}
