// Cookie and session, and from them request.viewer. Visitors get no cookie and no row (DESIGN section 9).
import fastifyCookie from '@fastify/cookie';
import fastifySession from '@fastify/session';
import fp from 'fastify-plugin';
import { visitor } from '../../domain/viewer.ts';
import { addressPrefix } from '../../lib/address-prefix.ts';
import { DatabaseSessionStore, SESSION_SECONDS, sessionCookie } from '../session-store.ts';
import type { FindSession } from '../viewer.ts';

const SEEN_EVERY_MS = 10 * 60 * 1_000;
const DAY_MS = 24 * 60 * 60 * 1_000;

export interface SessionOptions {
  readonly secret: string;
  readonly findSession: FindSession;
}

export const sessions = fp<SessionOptions>(
  async (app, { secret, findSession }) => {
    const { name, attributes } = sessionCookie(app.config.siteUrl);
    const store = new DatabaseSessionStore(app.db, app.clock, findSession);
    await app.register(fastifyCookie);
    await app.register(fastifySession, {
      secret,
      store,
      cookieName: name,
      cookie: { ...attributes, maxAge: SESSION_SECONDS * 1_000 },
      saveUninitialized: false,
      rolling: false,
    });

    app.decorateRequest('viewer');
    app.decorateRequest('signedIn');
    app.addHook('onRequest', async (request) => {
      const loaded = request.session.loaded;
      request.signedIn = loaded?.signedIn;
      request.viewer = loaded?.signedIn?.member ?? visitor;
      const renewable =
        loaded?.signedIn &&
        loaded.expiresAt.getTime() - app.clock.now().getTime() < SESSION_SECONDS * 1_000 - DAY_MS;
      if (renewable) {
        request.session.touch();
        request.session.renewedAt = app.clock.now().toISOString();
      }
    });
    app.addHook('onResponse', async (request) => {
      const loaded = request.session?.loaded;
      if (!loaded || app.clock.now().getTime() - loaded.lastSeenAt.getTime() < SEEN_EVERY_MS) return;
      await store.noteSeen(request.session.sessionId, addressPrefix(request.ip)).catch((error: unknown) => {
        request.log.warn({ err: error }, 'could not note when a session was seen');
      });
    });
  },
  { name: 'sessions' },
);
