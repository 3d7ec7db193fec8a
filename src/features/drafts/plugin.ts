// Drafts: what is typed into a composer is kept until it is sent.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { draftRoutes } from './drafts.routes.ts';

export async function drafts(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', noStore);
  app.addHook('onRequest', requireMember);
  await app.register(draftRoutes);
}
