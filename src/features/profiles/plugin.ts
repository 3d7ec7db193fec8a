// Members' public pages.
import type { FastifyInstance } from 'fastify';
import { profileRoutes } from './profiles.routes.ts';

export async function profiles(app: FastifyInstance): Promise<void> {
  await app.register(profileRoutes);
}
