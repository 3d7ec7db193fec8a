// What changed: the public record of a topic as its readers read it, and over all topics of a member.
import type { FastifyInstance } from 'fastify';
import { changesRoutes } from './changes.routes.ts';

export async function changes(app: FastifyInstance): Promise<void> {
  await app.register(changesRoutes);
}
