// GET /sign-in/with/:provider/done: back from another site. Nothing is connected here, and nobody joins.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { suggestedName } from '../../domain/member-name.ts';
import { SECOND } from '../../domain/times.ts';
import type { ProvidedIdentity, Provider } from '../../lib/providers/index.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import type { PendingProvider } from '../../web/session-store.ts';
import { findOwner } from './commands/confirmation.ts';
import { takeDeparture } from './commands/departures.ts';
import { noteIdentityUse } from './commands/identities.ts';
import { logged, providerOf, type ProvidersOptions } from './departure.ts';
import { enterBy } from './enter.ts';
import { findByIdentity } from './identity-queries.ts';
import { keepWaiting, startSession } from './session.ts';
import { sendBack } from './troubles.ts';

interface ProviderRequest {
  Params: { provider: string };
  Querystring: { state?: unknown };
}

type Arrival = readonly [pending: PendingProvider, identity: ProvidedIdentity];

export async function providerArrivalRoutes(
  app: FastifyInstance,
  { providers }: ProvidersOptions,
): Promise<void> {
  app.get<ProviderRequest>(paths.signInWithDone(':provider'), async (request, reply) => {
    const provider = providerOf(providers, request.params);
    const pending = await takePending(request, provider);
    if (!pending) return sendBack(request, reply, 'late', provider.key);
    const { search } = new URL(request.url, app.config.siteUrl);
    const returned = new URL(app.config.siteUrl + paths.signInWithDone(provider.key) + search);
    try {
      const arrival = [
        pending,
        await provider.arrive(returned, pending, secondsAway(pending, app.clock.now())),
      ] as const;
      if (pending.purpose === 'confirm') return await confirm(request, reply, arrival);
      if (pending.purpose === 'connect') return await offerToConnect(request, reply, arrival);
      return await signInBy(request, reply, arrival);
    } catch (error) {
      return sendBack(request, reply, logged(request, provider, error), provider.key, pending);
    }
  });
}

/** What somebody left with, once, if they are the one who is back, and in time. */
async function takePending(
  { session, query, server }: FastifyRequest<ProviderRequest>,
  { key }: Provider,
): Promise<PendingProvider | undefined> {
  const { pendingProvider: pending } = session;
  if (pending?.key !== key || pending.state !== query.state) return undefined;
  const now = server.clock.now();
  const counts = await server.db.transaction((tx) => takeDeparture(tx, session.sessionId, pending, now));
  delete session.pendingProvider;
  return counts ? pending : undefined;
}

/** Asked for where somebody was to log in anew: a login there from before they left is none. */
function secondsAway({ purpose, since }: PendingProvider, now: Date): number | undefined {
  if (purpose !== 'confirm') return undefined;
  return Math.ceil((now.getTime() - Date.parse(since)) / SECOND);
}

async function signInBy(
  request: FastifyRequest,
  reply: FastifyReply,
  [pending, identity]: Arrival,
): Promise<FastifyReply> {
  const { server } = request;
  const { key, next } = pending;
  const known = await findByIdentity(server.db, identity);
  if (known) return enterBy(request, reply, { known, label: identity.label, next });
  if (identity.email === null) return sendBack(request, reply, 'unverified', key, pending);
  await keepWaiting(request, { ...waitingOf([pending, identity], server.clock.now()), askedBy: null });
  const owner = await findOwner(server.db, identity.email);
  return reply.redirect(owner === undefined ? paths.finishSignUp() : paths.connectIdentity(), 303);
}

async function offerToConnect(
  request: FastifyRequest,
  reply: FastifyReply,
  arrival: Arrival,
): Promise<FastifyReply> {
  const { server } = request;
  const { id } = memberOf(request);
  await keepWaiting(request, {
    ...waitingOf(arrival, server.clock.now()),
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
  const { server } = request;
  const { id } = memberOf(request);
  const known = await findByIdentity(server.db, identity);
  if (known?.id !== id) return sendBack(request, reply, 'others', pending.key, pending);
  // Another site is one factor: with two-step login the code is asked as well.
  if (known.hasSecondFactor) return reply.redirect(paths.confirmIdentity(pending.next), 303);
  const now = server.clock.now();
  await server.db.transaction((tx) => noteIdentityUse(tx, known.identityId, identity.label, now));
  await startSession(request, id);
  return reply.redirect(pending.next, 303);
}

function waitingOf([{ key, next, invitation }, identity]: Arrival, now: Date) {
  const { issuer, subject, label, email, names } = identity;
  const local = email === null ? [] : [email.slice(0, email.indexOf('@'))];
  const since = now.toISOString();
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
