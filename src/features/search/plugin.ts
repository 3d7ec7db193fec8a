// Finding topics and replies by their words.
import type { FastifyInstance } from 'fastify';
import { searchRoutes } from './search.routes.ts';

export async function search(app: FastifyInstance): Promise<void> {
  await app.register(searchRoutes);
}
