// The forum's own pages, and what stands for it elsewhere: icon and manifest.
import type { FastifyInstance } from 'fastify';
import { iconRoutes } from './icon.routes.ts';
import { manifestRoutes } from './manifest.routes.ts';
import { keysRoutes } from './keys.routes.ts';
import { textRoutes } from './texts.routes.ts';

export async function site(app: FastifyInstance): Promise<void> {
  await app.register(textRoutes);
  await app.register(iconRoutes);
  await app.register(manifestRoutes);
  await app.register(keysRoutes);
}
