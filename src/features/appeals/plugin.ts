// What a decision says to whom it concerns, and appeals against it.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { decisionRoutes } from './decision.routes.ts';

export async function appeals(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', requireMember);
  app.addHook('onRequest', noStore);
  await app.register(decisionRoutes);
}
