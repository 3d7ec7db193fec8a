// A random mark that a browser gets when somebody logs in: by nothing else could a forum tell that who signs up anew sits
// where a suspended member sat. It opens nothing, and is read when people log in or sign up alone.
import { createHash, randomBytes } from 'node:crypto';
import fp from 'fastify-plugin';
import { TRACES } from '../../domain/moderation-limits.ts';
import { SECOND } from '../../domain/times.ts';
import { sessionCookie } from '../session-store.ts';

const BYTES = 24;
/** What such bytes look like in base64url; whatever else a browser sends is no mark of ours. */
const MARK = /^[\w-]{32}$/;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set once somebody logs in with this request: the answer gives it to the browser. */
    givenMark: string | undefined;
    /** The hash of the browser's mark; a browser without one gets one with the answer. */
    markBrowser(): string;
  }
}

export const browserMark = fp(
  async (app) => {
    const { name, attributes } = markCookie(app.config.siteUrl);
    app.decorateRequest('givenMark');
    app.decorateRequest('markBrowser', function () {
      const brought = this.cookies[name] ?? '';
      this.givenMark ??= MARK.test(brought) ? brought : randomBytes(BYTES).toString('base64url');
      return createHash('sha256').update(this.givenMark).digest('hex');
    });
    app.addHook('onSend', async (request, reply) => {
      if (request.givenMark === undefined) return;
      reply.setCookie(name, request.givenMark, { ...attributes, maxAge: TRACES.cookie / SECOND });
    });
  },
  { name: 'browser-mark', dependencies: ['sessions'] },
);

/** As the session's, under a name of its own. */
function markCookie(siteUrl: string) {
  const { name, attributes } = sessionCookie(siteUrl);
  return { name: name.replace('session', 'browser'), attributes };
}
