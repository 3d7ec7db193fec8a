// What moderators decide outside the queue: hiding, restoring, locking, pinning, merging, putting right.
import type { FastifyInstance } from 'fastify';
import { noStore, requireModerator } from '../../web/guards.ts';
import { correctionRoutes } from './corrections.routes.ts';
import { decisionRoutes } from './decision.routes.ts';
import { mergeRoutes } from './merge.routes.ts';

export async function moderation(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireModerator);
  await app.register(decisionRoutes);
  await app.register(mergeRoutes);
  await app.register(correctionRoutes);
}
