// For balancers and supervisors: the process is up; it can answer (database reachable, migrations current).
import fp from 'fastify-plugin';
import { isCurrent } from '../../db/migrate.ts';

export const health = fp(
  async (app) => {
    app.get('/healthz', { config: { rateLimit: false } }, async (_request, reply) =>
      reply.header('cache-control', 'no-store').send({ up: true }),
    );
    app.get('/readyz', async (_request, reply) => {
      reply.header('cache-control', 'no-store');
      try {
        const current = await isCurrent(app.pool);
        return await reply
          .code(current ? 200 : 503)
          .send({ ready: current, ...(!current && { because: 'migrations are pending' }) });
      } catch {
        return reply.code(503).send({ ready: false, because: 'the database cannot be reached' });
      }
    });
  },
  { name: 'health' },
);
