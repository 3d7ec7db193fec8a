// Watched words and domains, as moderators work with them.
import type { FastifyInstance } from 'fastify';
import { noStore, requireModerator } from '../../web/guards.ts';
import { watchRoutes } from './watch.routes.ts';

export async function watching(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireModerator);
  await app.register(watchRoutes);
}
