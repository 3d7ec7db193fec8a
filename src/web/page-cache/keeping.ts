// Keeps the page that a visitor was made.
import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { CodedText, codingFor } from './codings.ts';

const KEPT = 'public, no-cache';

/** Of one request, or of the coding. */
const NOT_KEPT = /^(?:ratelimit-.*|server-timing|content-length)$/;

/** To be registered after what sets cookies, and before what makes entity tags and compresses. */
export const pageKeeping = fp(
  async (app) => {
    const { pageCache: cache, config } = app;
    if (!cache) return;
    // `no-cache` forbids what the setting allows; for browsers this says the same.
    const shared = config.pageCacheSharedSeconds;
    const control = shared === 0 ? KEPT : `public, max-age=0, must-revalidate, s-maxage=${shared}`;

    app.addHook<unknown>('onSend', async (request, reply, payload) => {
      const { making, aboutTopic: topicId, freshUntil } = request;
      if (!making) return payload;
      if (typeof payload !== 'string' || !mayKeep(request, reply)) {
        making.end(false);
        return payload;
      }
      const text = await CodedText.of(payload);
      const etag = `"${createHash('sha1').update(payload).digest('base64')}"`;
      const vary = reply.getHeader('vary');
      reply.header('etag', etag).header('cache-control', control);
      if (!text.isShort)
        reply.header('vary', vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`);
      cache.pages.keep(making, { text, etag, headers: headersOf(reply) }, { topicId, freshUntil });
      const brotli = codingFor(request.headers['accept-encoding']) === 'br' ? text.in('br') : undefined;
      if (!brotli || request.headers['if-none-match'] !== undefined) return payload;
      reply.header('content-encoding', 'br');
      return brotli;
    });
  },
  { name: 'page-keeping', dependencies: ['kept-pages', 'sessions', 'browser-mark'] },
);

/** What everybody without an account is sent, and may be sent again. */
function mayKeep({ viewer, signedIn }: FastifyRequest, reply: FastifyReply): boolean {
  return (
    reply.statusCode === 200 &&
    viewer?.kind === 'visitor' &&
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
