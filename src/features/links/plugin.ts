// The articles that topics are about: what of them has an address of its own.
import type { FastifyInstance } from 'fastify';
import { imageRoutes } from './images.routes.ts';

export async function links(app: FastifyInstance): Promise<void> {
  await app.register(imageRoutes);
}
