// All tags on a page of their own; and what moderators say of them.
import type { FastifyInstance } from 'fastify';
import { noStore, requireModerator } from '../../web/guards.ts';
import { directoryRoutes } from './directory.routes.ts';
import { editRoutes } from './edit.routes.ts';
import { mergeRoutes } from './merge.routes.ts';

export async function tagging(app: FastifyInstance): Promise<void> {
  await app.register(directoryRoutes);
  await app.register(async (moderators) => {
    moderators.addHook('onRequest', noStore);
    moderators.addHook('onRequest', requireModerator);
    await moderators.register(editRoutes);
    await moderators.register(mergeRoutes);
  });
}
