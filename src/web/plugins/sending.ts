// How answers leave: text in the best coding that the browser takes, under an entity tag of its bytes; nothing but the tag
// for a browser that has them. In one piece: a page streamed through a compressor costs half as much again, and a tag of the
// bytes before they are compressed takes as long as the compressing (docs/decisions/026).
import { hash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import fp from 'fastify-plugin';
import { utf8Of } from '../../lib/utf8.ts';
import { codingFor, encode, ONE_TIME_CODINGS, SMALLEST_COMPRESSED } from '../codings.ts';

const TEXT = /^(?:text\/|application\/(?:json|javascript|xml|[\w.-]+\+(?:json|xml))|image\/svg\+xml)/;

/** To be registered after whatever changes answers. Streams go as they are. */
export const sending = fp(
  async (app) => {
    app.addHook<unknown>('onSend', async (request, reply, payload) => {
      if (typeof payload !== 'string' && !Buffer.isBuffer(payload)) return payload;
      const bytes = await inCoding(reply, Buffer.isBuffer(payload) ? payload : utf8Of(payload));
      if (reply.statusCode !== 200 || (request.method !== 'GET' && request.method !== 'HEAD')) return bytes;
      if (!reply.hasHeader('etag')) reply.header('etag', `"${hash('sha1', bytes, 'base64')}"`);
      if (!hasThem(request.headers['if-none-match'], String(reply.getHeader('etag')))) return bytes;
      reply.code(304).removeHeader('content-length').removeHeader('content-encoding');
      return '';
    });
  },
  { name: 'sending' },
);

/** What is worth compressing. */
export function isText(reply: FastifyReply): boolean {
  return TEXT.test(String(reply.getHeader('content-type') ?? ''));
}

async function inCoding(reply: FastifyReply, bytes: Buffer): Promise<Buffer> {
  if (!isText(reply) || bytes.length < SMALLEST_COMPRESSED || reply.hasHeader('content-encoding'))
    return bytes;
  const vary = reply.getHeader('vary');
  if (!String(vary ?? '').includes('accept-encoding'))
    reply.header('vary', vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`);
  const coding = codingFor(reply.request.headers['accept-encoding'], ONE_TIME_CODINGS);
  if (coding === 'identity') return bytes;
  reply.header('content-encoding', coding).removeHeader('content-length');
  return encode(bytes, coding);
}

/** RFC 9110, 13.1.2: compared weakly, as a proxy may have marked it. */
export function hasThem(known: string | undefined, etag: string): boolean {
  return known !== undefined && (known.includes(etag) || known.trim() === '*');
}
