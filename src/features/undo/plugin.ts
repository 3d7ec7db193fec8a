// One page that undoes a decision of any kind.
import type { FastifyInstance } from 'fastify';
import { noStore, requireModerator } from '../../web/guards.ts';
import { undoRoutes } from './undo.routes.ts';

export async function undo(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireModerator);
  await app.register(undoRoutes);
}
