// The week: its page, its mail, and when gathered mails come.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { timesRoutes } from './times.routes.ts';
import { weekRoutes } from './weeks.routes.ts';

export async function weekly(app: FastifyInstance): Promise<void> {
  await app.register(weekRoutes);
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireMember);
    scope.addHook('onRequest', noStore);
    await scope.register(timesRoutes);
  });
}
