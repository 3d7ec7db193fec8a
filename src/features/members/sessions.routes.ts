// GET and POST /settings/sessions: where a member is logged in, and how that ends.
import type { FastifyInstance } from 'fastify';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { sessionHash } from '../../web/session-store.ts';
import { endOtherSessions, endSessionOf } from './commands/sessions.ts';
import { sessionsPage } from './pages/sessions.ts';
import { listSessions } from './queries.ts';

export async function sessionsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.sessions(), async (request, reply) => {
    const sessions = await listSessions(app.db, memberOf(request).id, app.clock.now());
    const hereHash = sessionHash(request.session.sessionId);
    return reply.page('members/sessions', sessionsPage({ sessions, hereHash, saved: request.query.saved }));
  });

  // Which one stands in the form and not in the address, since addresses are logged.
  app.post(paths.sessions(), async (request, reply) => {
    const { id } = memberOf(request);
    const which = readText(formBody(request.body), 'session');
    const others = which === 'others';
    await app.db.transaction((tx) =>
      others ? endOtherSessions(tx, id, sessionHash(request.session.sessionId)) : endSessionOf(tx, id, which),
    );
    return reply.redirect(paths.sessions({ saved: others ? 'others' : 'one' }), 303);
  });
}
