// GET /sign-in/with/:provider, GET /settings/identities/connect/:provider, GET /confirm-identity/with/:provider: to another
// site. The way back is provider-arrival.routes.ts.
import type { FastifyInstance } from 'fastify';
import { formBody, readText } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { depart, providerOf, type ProvidersOptions } from './departure.ts';
import { isProved } from './proof.ts';

interface ProviderRequest {
  Params: { provider: string };
  Querystring: { next?: unknown; key?: unknown };
}

export async function providerRoutes(app: FastifyInstance, { providers }: ProvidersOptions): Promise<void> {
  app.get<ProviderRequest>(paths.signInWith(':provider'), budget('no-guess'), async (request, reply) => {
    const provider = providerOf(providers, request.params);
    const next = safeNext(request.query.next);
    if (request.viewer.kind === 'member') return reply.redirect(next, 303);
    const invitation = readText(formBody(request.query), 'key');
    return depart(request, reply, provider, { purpose: 'sign-in', next, invitation });
  });

  // Whoever has to log in or to confirm first is sent by a form, and a form must not end at another site: it leads to the
  // page that the link stands on.
  app.get<ProviderRequest>(paths.identityConnect(':provider'), budget('no-guess'), async (request, reply) => {
    const provider = providerOf(providers, request.params);
    const next = paths.account();
    if (request.viewer.kind !== 'member') return reply.redirect(paths.signIn(next), 303);
    if (!isProved(request)) return reply.redirect(paths.confirmIdentity(next), 303);
    return depart(request, reply, provider, { purpose: 'connect', next });
  });

  app.get<ProviderRequest>(
    paths.confirmIdentityWith(':provider'),
    budget('no-guess'),
    async (request, reply) => {
      const provider = providerOf(providers, request.params);
      const next = safeNext(request.query.next);
      if (request.viewer.kind !== 'member') return reply.redirect(paths.signIn(next), 303);
      return depart(request, reply, provider, { purpose: 'confirm', next });
    },
  );
}
