// GET /keys: the single keys that act in lists and topics, which the script lays over any page when "?" is pressed.
import type { FastifyInstance } from 'fastify';
import { paths } from '../../web/paths.ts';
import { keysPage } from './pages/keys.ts';

export async function keysRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.keys(), async ({ viewer }, reply) => reply.page('site/keys', keysPage(viewer)));
}
