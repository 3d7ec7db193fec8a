// One line a request, without its query string (it may hold a key), and in development a Server-Timing header.
import type { FastifyBaseLogger, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { queryTally, type QueryTally } from '../../db/connection.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** There is a key in it: the log has the route instead. */
    hidesAddress?: boolean;
  }
  interface FastifyRequest {
    tally: QueryTally;
  }
}

export const requestLog = fp(
  async (app) => {
    app.decorateRequest('tally');
    app.addHook('onRequest', (request, _reply, done) => {
      const tally = { queries: 0 };
      request.tally = tally;
      // Everything the request does from here on, across awaits, counts into its own tally.
      queryTally.run(tally, done);
    });
    if (!app.config.production) {
      app.addHook('onSend', async (request, reply) => {
        reply.header(
          'server-timing',
          `total;dur=${reply.elapsedTime.toFixed(1)}, db;desc="${request.tally.queries} queries"`,
        );
      });
    }
    app.addHook('onResponse', async (request, reply) => {
      logAnswer(request.log, {
        method: request.method,
        path: loggedPath(request),
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        queries: request.tally.queries,
      });
    });
  },
  { name: 'request-log' },
);

/** What is said of each answer. */
export interface Answered {
  readonly method: string | undefined;
  /** Without its query. */
  readonly path: string | undefined;
  readonly status: number;
  /** Milliseconds from its beginning to its end. */
  readonly ms: number;
  readonly queries: number;
}

export function logAnswer(log: FastifyBaseLogger, answered: Answered): void {
  log.info(answered, 'answered');
}

/** Logs the same answer whenever it is called: what is said of it is written out once. */
export function answerLog(log: FastifyBaseLogger, answered: Answered): () => void {
  const line = log.child({ ...answered });
  return () => line.info('answered');
}

export function loggedPath({ url, routeOptions }: FastifyRequest): string | undefined {
  return routeOptions.config.hidesAddress === true ? routeOptions.url : url.split('?', 1)[0];
}
