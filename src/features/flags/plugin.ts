// Flags: members tell moderators what breaks the rules, and whoever reads here what breaks the law.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { flagRoutes } from './flag.routes.ts';
import { ownFlagsRoutes } from './own-flags.routes.ts';
import { reportRoutes } from './report.routes.ts';

export async function flags(app: FastifyInstance): Promise<void> {
  await app.register(reportRoutes);
  await app.register(async (own) => {
    own.addHook('onRequest', requireMember);
    await own.register(flagRoutes);
    await own.register(async (settings) => {
      settings.addHook('onRequest', noStore);
      await settings.register(ownFlagsRoutes);
    });
  });
}
