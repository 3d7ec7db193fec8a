// Following and muting: topics, tags, sections, sites, members and words.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { followRoutes } from './follow.routes.ts';
import { followsRoutes } from './follows.routes.ts';

export async function following(app: FastifyInstance): Promise<void> {
  app.addHook('onRequest', requireMember);
  await app.register(followRoutes);
  await app.register(async (settings) => {
    settings.addHook('onRequest', noStore);
    await settings.register(followsRoutes);
  });
}
