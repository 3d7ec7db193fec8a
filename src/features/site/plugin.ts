// The forum's own pages.
import type { FastifyInstance } from 'fastify';
import { textRoutes } from './texts.routes.ts';

export async function site(app: FastifyInstance): Promise<void> {
  await app.register(textRoutes);
}
