// What moderators know of members and decide about them.
import type { FastifyInstance } from 'fastify';
import { noStore, requireModerator } from '../../web/guards.ts';
import { memberRoutes } from './member.routes.ts';
import { sanctionRoutes } from './sanction.routes.ts';

export async function sanctions(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireModerator);
  await app.register(memberRoutes);
  await app.register(sanctionRoutes);
}
