// The moderators' queue.
import type { FastifyInstance } from 'fastify';
import { noStore, requireModerator } from '../../web/guards.ts';
import { bulkRoutes } from './bulk.routes.ts';
import { queueRoutes } from './queue.routes.ts';

export async function queue(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireModerator);
  await app.register(queueRoutes);
  await app.register(bulkRoutes);
}
