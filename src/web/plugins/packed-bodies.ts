// Against bodies that unpack to a thousand times their length: forms come as they are, since no browser packs them.
import fp from 'fastify-plugin';
import { Problem } from '../problem.ts';

export const packedBodies = fp(
  async (app) => {
    app.addHook('preParsing', async (request, reply, payload) => {
      const coding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
      if (coding === 'identity') return payload;
      // RFC 9110, 15.5.16: what is taken instead.
      reply.header('accept-encoding', 'identity');
      throw new Problem('unsupported-type', 'Send the form as it is, without packing it (Content-Encoding).');
    });
  },
  { name: 'packed-bodies' },
);
