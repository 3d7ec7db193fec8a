// request.reader: where a request may read from. A replica answers members, since what visitors see is kept; never what a
// member has just written.
import fp from 'fastify-plugin';
import type { Database } from '../../db/connection.ts';
import type { Replica } from '../../db/replica.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /**
     * For reads that cost and that show what is everybody's: topics, profiles, search. What belongs to one member alone,
     * what a decision rests on, and lists whose pages are walked by a snapshot (decision 019) are read from `app.db`.
     */
    reader: Database;
  }
}

/** Set by every write of a member: whichever process answers next, it reads from the primary. */
const WROTE_COOKIE = 'wrote';
/** A replica that is used at all is a tenth of a second behind: this is long enough for any clock. */
const WROTE_SECONDS = 10;

export const readers = fp<{ replica: Replica | undefined }>(
  async (app, { replica }) => {
    app.decorateRequest('reader');
    app.addHook('onRequest', async (request) => {
      const mayLag =
        request.viewer.kind === 'member' &&
        (request.method === 'GET' || request.method === 'HEAD') &&
        request.cookies[WROTE_COOKIE] === undefined;
      request.reader = replica && mayLag ? replica.reader() : app.db;
    });
    if (!replica) return;
    const secure = app.config.siteUrl.startsWith('https:');
    app.addHook('onSend', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD' || request.viewer?.kind !== 'member') return;
      reply.setCookie(WROTE_COOKIE, '1', {
        maxAge: WROTE_SECONDS,
        path: '/',
        httpOnly: true,
        sameSite: 'lax',
        secure,
      });
    });
  },
  { name: 'readers', dependencies: ['sessions'] },
);
