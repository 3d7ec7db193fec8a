// GET /sign-in/with/:provider and its /done, GET /settings/identities/connect/:provider, GET
// /confirm-identity/with/:provider: to another site and back. Nothing is connected here, and nobody joins.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { SECOND } from '../../domain/times.ts';
import type { ProvidedIdentity, Provider } from '../../lib/providers/index.ts';
import { memberOf } from '../../web/guards.ts';
import { formBody, readText } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { notFound } from '../../web/problem.ts';
import type { PendingProvider } from '../../web/session-store.ts';
import { suggestedName } from '../../domain/member-name.ts';
import { findOwner } from './commands/confirmation.ts';
import { takeDeparture } from './commands/departures.ts';
import { noteIdentityUse } from './commands/identities.ts';
import { depart, logged } from './departure.ts';
import { enterBy } from './enter.ts';
import { findByIdentity } from './identity-queries.ts';
import { isProved } from './proof.ts';
import { keepWaiting, startSession } from './session.ts';
import { sendBack } from './troubles.ts';

interface ProviderRequest {
  Params: { provider: string };
  Querystring: { next?: unknown; state?: unknown; key?: unknown };
}

type Arrival = readonly [pending: PendingProvider, identity: ProvidedIdentity];

export async function providerRoutes(
  app: FastifyInstance,
  { providers }: { readonly providers: ReadonlyMap<string, Provider> },
): Promise<void> {
  const providerOf = ({ params }: FastifyRequest<ProviderRequest>): Provider =>
    providers.get(params.provider) ?? notFound('This forum offers no login by that site.');

  app.get<ProviderRequest>(paths.signInWith(':provider'), budget('no-guess'), async (request, reply) => {
    const provider = providerOf(request);
    const next = safeNext(request.query.next);
    if (request.viewer.kind === 'member') return reply.redirect(next, 303);
    const invitation = readText(formBody(request.query), 'key');
    return depart(request, reply, provider, { purpose: 'sign-in', next, invitation });
  });

  // Whoever has to log in or to confirm first is sent by a form, and a form must not end at another site: it leads to the
  // page that the link stands on.
  app.get<ProviderRequest>(paths.identityConnect(':provider'), budget('no-guess'), async (request, reply) => {
    const provider = providerOf(request);
    const next = paths.account();
    if (request.viewer.kind !== 'member') return reply.redirect(paths.signIn(next), 303);
    if (!isProved(request)) return reply.redirect(paths.confirmIdentity(next), 303);
    return depart(request, reply, provider, { purpose: 'connect', next });
  });

  app.get<ProviderRequest>(
    paths.confirmIdentityWith(':provider'),
    budget('no-guess'),
    async (request, reply) => {
      const provider = providerOf(request);
      const next = safeNext(request.query.next);
      if (request.viewer.kind !== 'member') return reply.redirect(paths.signIn(next), 303);
      return depart(request, reply, provider, { purpose: 'confirm', next });
    },
  );

  app.get<ProviderRequest>(paths.signInWithDone(':provider'), async (request, reply) => {
    const provider = providerOf(request);
    const pending = await takePending(request, provider);
    if (!pending) return sendBack(request, reply, 'late', provider.key);
    const { search } = new URL(request.url, app.config.siteUrl);
    const returned = new URL(app.config.siteUrl + paths.signInWithDone(provider.key) + search);
    try {
      const arrival = [pending, await provider.arrive(returned, pending, secondsAway(pending))] as const;
      if (pending.purpose === 'confirm') return await confirm(request, reply, arrival);
      if (pending.purpose === 'connect') return await offerToConnect(request, reply, arrival);
      return await signInBy(request, reply, arrival);
    } catch (error) {
      return sendBack(request, reply, logged(request, provider, error), provider.key, pending);
    }
  });

  /** What somebody left with, once, if they are the one who is back, and in time. */
  async function takePending(
    { session, query }: FastifyRequest<ProviderRequest>,
    { key }: Provider,
  ): Promise<PendingProvider | undefined> {
    const { pendingProvider: pending } = session;
    if (pending?.key !== key || pending.state !== query.state) return undefined;
    const now = app.clock.now();
    const counts = await app.db.transaction((tx) => takeDeparture(tx, session.sessionId, pending, now));
    delete session.pendingProvider;
    return counts ? pending : undefined;
  }

  /** Asked for where somebody was to log in anew: a login there from before they left is none. */
  function secondsAway({ purpose, since }: PendingProvider): number | undefined {
    if (purpose !== 'confirm') return undefined;
    return Math.ceil((app.clock.now().getTime() - Date.parse(since)) / SECOND);
  }

  async function signInBy(
    request: FastifyRequest,
    reply: FastifyReply,
    [pending, identity]: Arrival,
  ): Promise<FastifyReply> {
    const { key, next } = pending;
    const known = await findByIdentity(app.db, identity);
    if (known) return enterBy(request, reply, { known, label: identity.label, next });
    if (identity.email === null) return sendBack(request, reply, 'unverified', key, pending);
    await keepWaiting(request, { ...waitingOf([pending, identity]), askedBy: null });
    const owner = await findOwner(app.db, identity.email);
    return reply.redirect(owner === undefined ? paths.finishSignUp() : paths.connectIdentity(), 303);
  }

  async function offerToConnect(
    request: FastifyRequest,
    reply: FastifyReply,
    arrival: Arrival,
  ): Promise<FastifyReply> {
    const { id } = memberOf(request);
    await keepWaiting(request, {
      ...waitingOf(arrival),
      askedBy: id,
      next: paths.account({ saved: 'connected' }),
    });
    return reply.redirect(paths.connectIdentity(), 303);
  }

  async function confirm(
    request: FastifyRequest,
    reply: FastifyReply,
    [pending, identity]: Arrival,
  ): Promise<FastifyReply> {
    const { id } = memberOf(request);
    const known = await findByIdentity(app.db, identity);
    if (known?.id !== id) return sendBack(request, reply, 'others', pending.key, pending);
    // Another site is one factor: with two-step login the code is asked as well.
    if (known.hasSecondFactor) return reply.redirect(paths.confirmIdentity(pending.next), 303);
    const now = app.clock.now();
    await app.db.transaction((tx) => noteIdentityUse(tx, known.identityId, identity.label, now));
    await startSession(request, id);
    return reply.redirect(pending.next, 303);
  }

  function waitingOf([{ key, next, invitation }, identity]: Arrival) {
    const { issuer, subject, label, email, names } = identity;
    const local = email === null ? [] : [email.slice(0, email.indexOf('@'))];
    const since = app.clock.now().toISOString();
    return {
      key,
      next,
      invitation,
      issuer,
      subject,
      label,
      email,
      suggestedName: suggestedName([...names, ...local]),
      since,
    };
  }
}
