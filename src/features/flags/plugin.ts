// Flags: members tell moderators what breaks the rules.
import type { FastifyInstance } from 'fastify';
import { requireMember } from '../../web/guards.ts';
import { flagRoutes } from './flag.routes.ts';

export async function flags(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', requireMember);
  await app.register(flagRoutes);
}
