// While a forum in production has no admin, every page leads to /setup: nothing can be done on it before, and nobody
// should think otherwise.
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { readAssets } from '../../web/assets.ts';
import { paths } from '../../web/paths.ts';
import { Problem } from '../../web/problem.ts';

/** For balancers and supervisors, who would take the forum for dead; and what the page of the setup refers to. */
const ALWAYS_OPEN = new Set(['/healthz', '/readyz', paths.setup(), paths.manifest()]);

export const setupGate = fp(
  async (app: FastifyInstance) => {
    if (!app.config.production) return;
    const assets = readAssets().prefix;
    app.addHook('onRequest', async (request, reply) => {
      const site = app.site.current();
      if (!site.needsSetup) return;
      const path = request.url.split('?', 1)[0] ?? '';
      const { theme, icon } = site;
      if (ALWAYS_OPEN.has(path) || path === theme.href) return;
      if (path.startsWith(assets) || path.startsWith(icon.prefix)) return;
      reply.header('cache-control', 'no-store');
      if (request.method !== 'GET' && request.method !== 'HEAD')
        throw new Problem('unavailable', 'This forum is being set up. Try again when it is open.');
      return reply.redirect(paths.setup(), 303);
    });
  },
  { name: 'setup-gate' },
);
