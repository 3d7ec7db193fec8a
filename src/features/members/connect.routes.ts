// GET and POST /sign-in/connect: whether an account at another site is to open the account here. POST
// /settings/identities/disconnect: it is not to, any more.
import type { FastifyInstance } from 'fastify';
import { type IdentityId, readId } from '../../domain/ids.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf, requireMember } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { connectIdentity, disconnectIdentity } from './commands/identities.ts';
import { connectPage } from './pages/connect.ts';
import { providerName } from './pages/providers.ts';
import { requireProof } from './proof.ts';
import { renewSession, waitingOf } from './session.ts';
import { showAccount } from './show-account.ts';
import { tooLate } from './troubles.ts';

/** Registered for everybody: somebody who came from another site reads here why they are to log in. */
export async function connectRoutes(app: FastifyInstance): Promise<void> {
  const { providers } = app.config;

  app.get(paths.connectIdentity(), async (request, reply) => {
    const waiting = waitingOf(request);
    if (!waiting) return tooLate(request, reply);
    return reply.page('members/connect', connectPage({ waiting, providers, viewer: request.viewer }));
  });

  app.post(paths.connectIdentity(), { onRequest: [requireMember, requireProof] }, async (request, reply) => {
    const waiting = waitingOf(request);
    if (!waiting) return tooLate(request, reply);
    const provider = providerName(providers, waiting.key);
    const { id } = memberOf(request);
    try {
      await app.db.transaction((tx) => connectIdentity(tx, id, { waiting, provider }, app.clock.now()));
    } catch (error) {
      const refusal = refusalOf(error, reply);
      const page = connectPage({ waiting, providers, viewer: request.viewer, refusal });
      return reply.page('members/connect', page);
    }
    // Without what waited: it has been used.
    await renewSession(request);
    // Whoever was on the way somewhere goes on; nobody is left without a word at the front page.
    const next = waiting.next === paths.front() ? paths.account({ saved: 'connected' }) : waiting.next;
    return reply.redirect(next, 303);
  });

  app.post(
    paths.identityDisconnect(),
    { onRequest: [requireMember, requireProof] },
    async (request, reply) => {
      const identityId =
        readId<IdentityId>(readText(formBody(request.body), 'identity')) ??
        notFound('This account is not connected to yours any more.');
      const nameOf = (key: string) => providerName(providers, key);
      const { id } = memberOf(request);
      try {
        await app.db.transaction((tx) =>
          disconnectIdentity(tx, id, { id: identityId, nameOf }, app.clock.now()),
        );
      } catch (error) {
        return showAccount(request, reply, { identitiesRefusal: refusalOf(error, reply) });
      }
      await renewSession(request);
      return reply.redirect(paths.account({ saved: 'disconnected' }), 303);
    },
  );
}
