// Keeps the pages that visitors are made. Of those who ask for the same at the same time, one has it made; the others wait.
import { hash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { TopicId } from '../../domain/ids.ts';
import { utf8Of } from '../../lib/utf8.ts';
import { answerLog, loggedPath } from '../plugins/request-log.ts';
import { isText } from '../plugins/sending.ts';
import { sessionCookie } from '../session-store.ts';
import { codingFor, KEPT_CODINGS } from '../codings.ts';
import { CodedText } from './coded-text.ts';
import type { KeptPage, Making } from './kept-pages.ts';
import { type ParseCookies, requestKey } from './request-key.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The topic that the page is of, and of no other; a list says none. */
    aboutTopic: TopicId | undefined;
    /** When the page would be another by time alone, if that is within the next minute. */
    freshUntil: Date | undefined;
    /** The page that is to be kept of the answer. */
    making: Making | undefined;
    /** It is answered with a kept page: how long making it took is nothing to say. */
    isSentAgain: boolean;
  }
}

const KEPT = 'public, no-cache';

/** Of one request, or of the coding. */
const NOT_KEPT = /^(?:ratelimit-.*|server-timing|content-length)$/;

/** As often as somebody waits for the page of another: after that something changes all the time. */
const MOST_WAITS = 3;

/** To be registered after what sets cookies, and before what makes entity tags and compresses. */
export const pageKeeping = fp(
  async (app) => {
    app.decorateRequest('aboutTopic');
    app.decorateRequest('freshUntil');
    app.decorateRequest('making');
    app.decorateRequest('isSentAgain', false);
    const { pageCache: cache, config } = app;
    if (!cache) return;
    const { pages } = cache;
    const { name: session } = sessionCookie(config.siteUrl);
    const parse: ParseCookies = (header) => app.parseCookie(header);
    // `no-cache` forbids what the setting allows; for browsers this says the same.
    const shared = config.pageCacheSharedSeconds;
    const control = shared === 0 ? KEPT : `public, max-age=0, must-revalidate, s-maxage=${shared}`;

    // When guards and budgets have let it through, and nothing has been asked of the database for it.
    app.addHook('preValidation', async (request, reply) => {
      if (!cache.isOn || !mayBeKept(request)) return;
      const key = requestKey(request.raw, session, parse);
      if (key === undefined) return;
      const page = pages.find(key) ?? (request.method === 'GET' ? await waitFor(key) : undefined);
      if (page) return sendAgain(key, page, reply);
      if (request.method !== 'GET') return;
      const making = pages.begin(key);
      request.making = making;
      // Whoever waits must not wait for an answer that broke off.
      if (making) reply.raw.once('close', () => making.end(true));
    });

    /** The page that others are having made, or the settings that are to stand on it. Undefined: there was none. */
    async function waitFor(key: string): Promise<KeptPage | undefined> {
      await cache?.opening;
      for (let waits = 0; waits < MOST_WAITS; waits += 1) {
        const again = await pages.inMaking(key)?.over;
        const page = again === undefined ? undefined : pages.find(key);
        if (page || again !== true) return page;
      }
      return undefined;
    }

    /** Through what all answers go through: it knows the entity tag, and compresses for those who take another coding. */
    async function sendAgain(
      key: string,
      { text, headers }: KeptPage,
      reply: FastifyReply,
    ): Promise<FastifyReply> {
      for (let n = 0; n < headers.length; n += 2) reply.header(headers[n] ?? '', headers[n + 1]);
      const accepted = reply.request.headers['accept-encoding'];
      const coding = text.isShort ? 'identity' : codingFor(accepted, KEPT_CODINGS);
      const bytes = text.in(coding) ?? (await text.make(coding));
      pages.weigh(key);
      reply.request.isSentAgain = true;
      if (coding !== 'identity') reply.header('content-encoding', coding);
      return reply.send(bytes);
    }

    app.addHook<unknown>('onSend', async (request, reply, payload) => {
      const { making, aboutTopic: topicId, freshUntil } = request;
      if (request.isSentAgain) reply.removeHeader('server-timing');
      if (!making) return payload;
      const bytes = typeof payload === 'string' ? utf8Of(payload) : payload;
      if (!Buffer.isBuffer(bytes) || !isText(reply) || !mayKeep(request, reply)) {
        making.end(false);
        return payload;
      }
      const text = await CodedText.of(bytes);
      const etag = `"${hash('sha1', bytes, 'base64')}"`;
      const vary = reply.getHeader('vary');
      reply.header('etag', etag).header('cache-control', control);
      if (!text.isShort)
        reply.header('vary', vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`);
      const logSent = answerLog(app.log, {
        ...{ method: 'GET', path: loggedPath(request), status: 200, ms: 0, queries: 0 },
      });
      pages.keep(making, { text, etag, logSent, headers: headersOf(reply) }, { topicId, freshUntil });
      const brotli =
        codingFor(request.headers['accept-encoding'], KEPT_CODINGS) === 'br' ? text.in('br') : undefined;
      if (!brotli) return bytes;
      reply.header('content-encoding', 'br');
      return brotli;
    });
  },
  { name: 'page-keeping', dependencies: ['kept-pages', 'sessions', 'browser-mark'] },
);

/** Other budgets are for what costs more, or is counted by more than the address; what has a key in it is for one. */
function mayBeKept({ viewer, routeOptions: { config } }: FastifyRequest): boolean {
  const { rateLimit } = config;
  const isRead = typeof rateLimit === 'object' && rateLimit.groupId === 'read';
  return isRead && viewer.kind === 'visitor' && config.hidesAddress !== true;
}

/** What everybody without an account is sent, and may be sent again. */
function mayKeep({ viewer, signedIn }: FastifyRequest, reply: FastifyReply): boolean {
  return (
    reply.statusCode === 200 &&
    viewer.kind === 'visitor' &&
    signedIn === undefined &&
    reply.getHeader('cache-control') === KEPT &&
    !reply.hasHeader('set-cookie') &&
    !reply.hasHeader('content-encoding')
  );
}

function headersOf(reply: FastifyReply): string[] {
  return Object.entries(reply.getHeaders()).flatMap(([name, value]) =>
    NOT_KEPT.test(name) || value === undefined ? [] : [name, String(value)],
  );
}
