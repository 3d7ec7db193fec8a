// Sends kept pages before a request comes to Fastify: no route, no hook, no query. What it does not send, the routes answer.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { hasThem } from '../plugins/sending.ts';
import { logAnswer } from '../plugins/request-log.ts';
import { sessionCookie } from '../session-store.ts';
import { codingFor, KEPT_CODINGS } from '../codings.ts';
import type { PageCache } from './page-cache.ts';
import { type ParseCookies, requestKey } from './request-key.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Undefined: it is switched off. */
    readonly pageCache: PageCache | undefined;
  }
}

export const keptPages = fp<{ cache: PageCache | undefined }>(
  async (app, { cache }) => {
    app.decorate('pageCache', cache);
    if (!cache) return;
    app.addHook('onReady', () => cache.start());
    app.addHook('onClose', () => cache.close());
    const send = sender(app, cache);
    const { server } = app;
    const routes = server.listeners('request') as ((
      request: IncomingMessage,
      response: ServerResponse,
    ) => void)[];
    server.removeAllListeners('request');
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (send(request, response)) return;
      for (const each of routes) each.call(server, request, response);
    });
  },
  { name: 'kept-pages' },
);

/** @returns what sends the page that is kept for a request, if there is one. */
function sender(app: FastifyInstance, cache: PageCache) {
  const { pages } = cache;
  const { name: session } = sessionCookie(app.config.siteUrl);
  const parse: ParseCookies = (header) => app.parseCookie(header);
  let isClosing = false;
  app.addHook('preClose', (done) => {
    isClosing = true;
    done();
  });

  return (request: IncomingMessage, response: ServerResponse): boolean => {
    if (!cache.isOn || isClosing) return false;
    const key = requestKey(request, session, parse);
    const page = key === undefined ? undefined : pages.find(key);
    if (!page) return false;
    const { method, headers: asked } = request;
    const isKnown = hasThem(asked['if-none-match'], page.etag);
    const coding = page.text.isShort ? 'identity' : codingFor(asked['accept-encoding'], KEPT_CODINGS);
    const bytes = page.text.in(coding);
    // The routes make it, as they make pages.
    if (!isKnown && !bytes) return false;
    const { limit, remaining, seconds, isOver } = app.countRead(request);
    // The routes say so.
    if (isOver) return false;
    const counted = ['ratelimit-limit', limit, 'ratelimit-remaining', remaining, 'ratelimit-reset', seconds];
    if (isKnown || !bytes) {
      response.writeHead(304, page.headers.concat(counted)).end();
      logAnswer(app.log, { method, path: request.url?.split('?', 1)[0], status: 304, ms: 0, queries: 0 });
      return true;
    }
    counted.push('content-length', String(bytes.length));
    if (coding !== 'identity') counted.push('content-encoding', coding);
    response.writeHead(200, page.headers.concat(counted));
    if (method === 'GET') {
      response.end(bytes);
      page.logSent();
    } else {
      response.end();
      logAnswer(app.log, { method, path: request.url?.split('?', 1)[0], status: 200, ms: 0, queries: 0 });
    }
    return true;
  };
}
