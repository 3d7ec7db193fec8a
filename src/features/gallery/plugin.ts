// The gallery of development: what the forum's pages are made of, in every state, drawn by the templates and view models
// of the real ones from made-up data. Nothing of it exists in production.
import type { FastifyInstance } from 'fastify';
import { noStore } from '../../web/guards.ts';

export async function gallery(app: FastifyInstance): Promise<void> {
  if (app.config.production) return;
  // Loaded only here: nobody else needs what it makes up.
  const { galleryRoutes } = await import('./gallery.routes.ts');
  await app.register(async (scope) => {
    scope.addHook('onRequest', noStore);
    await scope.register(galleryRoutes);
  });
}
