// Members' public pages.
import type { FastifyInstance } from 'fastify';
import { invitationRoutes } from './invitations.routes.ts';
import { profileRoutes } from './profiles.routes.ts';

export async function profiles(app: FastifyInstance): Promise<void> {
  await app.register(profileRoutes);
  await app.register(invitationRoutes);
}
