// Saves: members keep posts for themselves, with a note.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { savesRoutes } from './saves.routes.ts';

export async function saves(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireMember);
  await app.register(savesRoutes);
}
