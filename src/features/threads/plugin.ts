// Topics and posts: reading and writing them.
import type { FastifyInstance } from 'fastify';
import { listRoutes } from './lists.routes.ts';
import { topicRoutes } from './topic.routes.ts';

export async function threads(app: FastifyInstance): Promise<void> {
  await app.register(listRoutes);
  await app.register(topicRoutes);
}
