// Sends kept pages, before anything else of a request runs, and holds those back who ask for a page that is being made.
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { TopicId } from '../../domain/ids.ts';
import { wantsJson } from '../guards.ts';
import { themeIn } from '../plugins/pages.ts';
import { sessionCookie } from '../session-store.ts';
import { codingFor } from './codings.ts';
import type { KeptPage, Making } from './kept-pages.ts';
import type { PageCache } from './page-cache.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Undefined: it is switched off. */
    readonly pageCache: PageCache | undefined;
  }
  interface FastifyRequest {
    /** The topic that the page is of, and of no other; a list says none. */
    aboutTopic: TopicId | undefined;
    /** When the page would be another by time alone, if that is within the next minute. */
    freshUntil: Date | undefined;
    /** The page that is to be kept of the answer. */
    making: Making | undefined;
  }
}

/** As often as somebody waits for the page of another: after that something changes all the time. */
const MOST_WAITS = 3;

/** To be registered first: its hook comes before all others. */
export const keptPages = fp<{ cache: PageCache | undefined }>(
  async (app, { cache }) => {
    app.decorate('pageCache', cache);
    app.decorateRequest('aboutTopic');
    app.decorateRequest('freshUntil');
    app.decorateRequest('making');
    if (!cache) return;
    const { pages } = cache;
    const { name: session } = sessionCookie(app.config.siteUrl);

    app.addHook('onReady', () => cache.start());
    app.addHook('onClose', () => cache.close());
    app.addHook('onRequest', (request, reply, done) => {
      const key = cache.isOn ? keyOf(request, session) : undefined;
      if (key === undefined) return done();
      const page = pages.find(key);
      if (page && send(key, page, request, reply)) return;
      if (request.method !== 'GET' || !isRead(request)) return done();
      waitOrMake(key, request, reply).then((sent) => {
        if (!sent) done();
      }, done);
    });

    /** @returns whether it was sent: the page of another, who made it meanwhile. Else the request is to make it. */
    async function waitOrMake(key: string, request: FastifyRequest, reply: FastifyReply): Promise<boolean> {
      await cache?.opening;
      for (let waits = 0; waits < MOST_WAITS; waits += 1) {
        const other = pages.inMaking(key);
        if (!other) break;
        const again = await other.over;
        const page = pages.find(key);
        if (page && send(key, page, request, reply)) return true;
        if (!again) return false;
      }
      const making = pages.begin(key);
      request.making = making;
      // Whoever waits must not wait for an answer that broke off.
      if (making) reply.raw.once('close', () => making.end(true));
      return false;
    }

    function send(key: string, page: KeptPage, request: FastifyRequest, reply: FastifyReply): boolean {
      const { limit, remaining, seconds, isOver } = app.countRead(request);
      // The route says so.
      if (isOver) return false;
      const counted = [
        'ratelimit-limit',
        limit,
        'ratelimit-remaining',
        remaining,
        'ratelimit-reset',
        seconds,
      ];
      const headers = page.headers.concat(counted);
      const { raw, method } = request;
      reply.hijack();
      if (raw.headers['if-none-match']?.includes(page.etag) === true) {
        reply.raw.writeHead(304, headers).end();
        return true;
      }
      const coding = page.text.isShort ? 'identity' : codingFor(raw.headers['accept-encoding']);
      const answer = (bytes: Buffer) => {
        if (coding !== 'identity') headers.push('content-encoding', coding);
        headers.push('content-length', String(bytes.length));
        reply.raw.writeHead(200, headers).end(method === 'HEAD' ? undefined : bytes);
      };
      const bytes = page.text.in(coding);
      if (bytes) answer(bytes);
      else
        void page.text.make(coding).then(
          (made) => {
            pages.weigh(key, page);
            answer(made);
          },
          (error: unknown) => {
            request.log.error({ err: error }, 'a kept page could not be sent');
            reply.raw.destroy();
          },
        );
      return true;
    }
  },
  { name: 'kept-pages' },
);

/**
 * Under which a page is kept: all of a request that a visitor's page depends on. Undefined for requests that have no part
 * in it. Against pages of one for another: whatever might be a session, valid or not, is answered by the routes; so is
 * what a script asks for as data. Other headers change no answer that is kept (docs/decisions/023-page-cache.md).
 */
function keyOf(request: FastifyRequest, session: string): string | undefined {
  const { method, headers, url } = request.raw;
  if ((method !== 'GET' && method !== 'HEAD') || url === undefined) return undefined;
  if (wantsJson(request)) return undefined;
  if (headers.cookie === undefined) return url;
  if (headers.cookie.includes(session)) return undefined;
  const theme = themeIn(request.server.parseCookie(headers.cookie));
  return theme === 'auto' ? url : `${theme} ${url}`;
}

/** Other budgets are for what costs more, or is counted by more than the address. */
function isRead({ routeOptions: { config } }: FastifyRequest): boolean {
  const { rateLimit } = config;
  return typeof rateLimit === 'object' && rateLimit.groupId === 'read' && config.hidesAddress !== true;
}
