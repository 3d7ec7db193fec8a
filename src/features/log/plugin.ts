// The public log.
import type { FastifyInstance } from 'fastify';
import { logRoutes } from './log.routes.ts';

export async function log(app: FastifyInstance): Promise<void> {
  await app.register(logRoutes);
}
