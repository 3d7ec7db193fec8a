// The web process: the application on its port, and the background jobs beside it while there is one process.
import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { buildApp, type Services } from './app.ts';

export interface RunningWeb {
  readonly app: FastifyInstance;
  readonly address: string;
  /** Answers what has begun, lets running jobs finish, takes nothing new. */
  stop(): Promise<void>;
}

/**
 * @param direct a pool that does not go through a transaction pooler: the job queue listens on it.
 * @throws when the port is taken.
 */
export async function startWeb(services: Services, direct: pg.Pool): Promise<RunningWeb> {
  const { config, secret, db, clock, mailer, views } = services;
  const app = await buildApp(services);
  const address = await app.listen({ host: config.host, port: config.port });
  const { site, log } = app;
  // What no page needs is loaded when pages are answered already.
  const [
    { userAgentOf },
    { startJobs },
    { startSteadyWork },
    { createSafeFetch },
    { jobHandlers, STEADY_WORK },
  ] = await Promise.all([
    import('./features/links/index.ts'),
    import('./jobs/runner.ts'),
    import('./jobs/steady.ts'),
    import('./lib/safe-fetch/index.ts'),
    import('./worker.ts'),
  ]);
  const safeFetch = createSafeFetch({ userAgent: userAgentOf(readVersion(), config.siteUrl) });
  const handlers = jobHandlers({ safeFetch, mailer, views, site, siteUrl: config.siteUrl, secret, log });
  const jobs = await startJobs(direct, db, handlers, clock, log);
  const endSteadyWork = startSteadyWork(db, STEADY_WORK, log);
  return {
    app,
    address,
    async stop() {
      await app.close();
      await endSteadyWork();
      await jobs.stop();
      await safeFetch.close();
    },
  };
}

function readVersion(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { readonly version: string }).version;
}
