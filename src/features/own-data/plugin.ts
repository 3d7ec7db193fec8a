// What members do with their data: decide who sees it, take it along, have it deleted.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { requireProof } from '../members/index.ts';
import { deletionRoutes, keepRoutes } from './deletion.routes.ts';
import { downloadRoutes, exportRoutes } from './export.routes.ts';
import { privacyRoutes } from './privacy.routes.ts';

export async function ownData(app: FastifyInstance): Promise<void> {
  await app.register(async (own) => {
    own.addHook('onRequest', noStore);
    own.addHook('onRequest', requireMember);
    await own.register(privacyRoutes);
    await own.register(exportRoutes);
    await own.register(keepRoutes);
    await own.register(async (proved) => {
      proved.addHook('onRequest', requireProof);
      await proved.register(downloadRoutes);
      await proved.register(deletionRoutes);
    });
  });
}
