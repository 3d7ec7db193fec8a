// Muting: members keep sites out of their own lists.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { muteRoutes } from './mutes.routes.ts';

export async function mutes(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireMember);
  await app.register(muteRoutes);
}
