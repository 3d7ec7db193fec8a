// The way to another site: a link, since browsers follow no form there (form-action of our CSP), redirects included.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProviderFailure } from '../../lib/providers/failure.ts';
import type { Provider } from '../../lib/providers/index.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import type { PendingProvider } from '../../web/session-store.ts';
import { sendBack } from './troubles.ts';

export interface ProvidersOptions {
  readonly providers: ReadonlyMap<string, Provider>;
}

/** @throws Problem not-found */
export function providerOf(
  providers: ProvidersOptions['providers'],
  { provider }: { readonly provider: string },
): Provider {
  return providers.get(provider) ?? notFound('This forum offers no login by that site.');
}

/** Sends somebody to another site, and keeps in their session what they have to come back with. */
export async function depart(
  request: FastifyRequest,
  reply: FastifyReply,
  provider: Provider,
  { invitation = '', ...where }: Pick<PendingProvider, 'purpose' | 'next'> & { readonly invitation?: string },
): Promise<FastifyReply> {
  // A browser that looks ahead has nobody before it. An answer without success is not kept for when it has.
  if (String(request.headers['sec-purpose']).includes('prefetch')) return reply.code(503).send();
  // Whoever is sent here by another site's page has not asked to log in.
  if (request.headers['sec-fetch-site'] === 'cross-site')
    return reply.redirect(paths.signIn(where.next), 303);
  const { config, clock } = request.server;
  const { key } = provider;
  try {
    const callback = config.siteUrl + paths.signInWithDone(key);
    const { href, ...departure } = await provider.leave(callback, { anew: where.purpose === 'confirm' });
    const since = clock.now().toISOString();
    request.session.pendingProvider = { key, ...where, ...departure, invitation, since };
    return await reply.redirect(href, 303);
  } catch (error) {
    return sendBack(request, reply, logged(request, provider, error), key, where);
  }
}

/** Notes in the log why another site could not be used. @throws what is no failure of it */
export function logged(request: FastifyRequest, { key }: Provider, error: unknown): ProviderFailure['kind'] {
  if (!(error instanceof ProviderFailure)) throw error;
  // That somebody changed their mind is nobody's trouble.
  if (error.kind !== 'cancelled')
    request.log.warn(
      { provider: key, because: error.message },
      'another site could not tell who somebody is',
    );
  return error.kind;
}
