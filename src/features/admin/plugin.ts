// The administration, for admins alone, and /setup, for whoever reads the server's log.
import type { FastifyInstance } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { noStore, requireAdmin } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { membersRoutes } from './members.routes.ts';
import { moderatorsRoutes } from './moderators.routes.ts';
import { sectionsRoutes } from './sections.routes.ts';
import { settingsRoutes } from './settings.routes.ts';
import { setupRoutes } from './setup.routes.ts';

export interface AdminOptions {
  /** The application's: the token of /setup is derived from it. */
  readonly secret: string;
  readonly passwords: Passwords;
}

export async function admin(app: FastifyInstance, options: AdminOptions): Promise<void> {
  await app.register(
    async (scope) => {
      scope.addHook('onRequest', requireAdmin);
      scope.addHook('onRequest', noStore);
      await scope.register(settingsRoutes);
      await scope.register(sectionsRoutes);
      await scope.register(membersRoutes);
      await scope.register(moderatorsRoutes);
    },
    { prefix: paths.admin() },
  );
  await app.register(setupRoutes, options);
}
