// The web process: the application on its port.
import type { FastifyInstance } from 'fastify';
import { buildApp, type Services } from './app.ts';

export interface RunningWeb {
  readonly app: FastifyInstance;
  /** Answers what has begun, takes nothing new. */
  stop(): Promise<void>;
}

/** @throws when the port is taken. */
export async function startWeb(services: Services): Promise<RunningWeb> {
  const app = await buildApp(services);
  await app.listen({ host: services.config.host, port: services.config.port });
  return { app, stop: () => app.close() };
}
