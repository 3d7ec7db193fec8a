// What a name or a tag may become that is being typed.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { completeRoutes } from './complete.routes.ts';

export async function completing(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', requireMember);
  app.addHook('onRequest', noStore);
  await app.register(completeRoutes);
}
