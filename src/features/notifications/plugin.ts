// The inbox: what each member is told, by which channels, and how mails about it are ended.
import type { FastifyInstance } from 'fastify';
import { noStore, requireMember } from '../../web/guards.ts';
import { choicesRoutes } from './choices.routes.ts';
import { inboxRoutes } from './inbox.routes.ts';
import { unsubscribeRoutes } from './unsubscribe.routes.ts';

export async function notifications(
  app: FastifyInstance,
  { secret }: { readonly secret: string },
): Promise<void> {
  await app.register(async (scope) => {
    scope.addHook('onRequest', requireMember);
    scope.addHook('onRequest', noStore);
    await scope.register(inboxRoutes);
    await scope.register(choicesRoutes);
  });
  await app.register(async (scope) => {
    scope.addHook('onRequest', noStore);
    await scope.register(unsubscribeRoutes, { secrets: [secret, ...app.config.secretPrevious] });
  });
}
