// Whatever goes wrong by way of another site leads back to the page where somebody began, which says so in words.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PendingProvider } from '../../web/session-store.ts';
import { paths } from '../../web/paths.ts';
import type { Trouble } from './pages/providers.ts';

/**
 * @param key of the site; undefined: nobody knows any more
 * @param where undefined: nobody knows where they began
 */
export async function sendBack(
  { viewer }: FastifyRequest,
  reply: FastifyReply,
  trouble: Trouble,
  key: string | undefined,
  where?: Pick<PendingProvider, 'purpose' | 'next'>,
): Promise<FastifyReply> {
  const what = { trouble, with: key };
  const purpose = where?.purpose ?? (viewer.kind === 'member' ? 'connect' : 'sign-in');
  if (purpose === 'sign-in') return reply.redirect(paths.signIn(where?.next, what), 303);
  // The section stands far down on its page.
  if (purpose === 'connect') return reply.redirect(`${paths.account(what)}#set-sites`, 303);
  return reply.redirect(paths.confirmIdentity(where?.next, what), 303);
}

/** For who comes to a page that is about an account at another site, when none waits (any more). */
export async function tooLate(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return sendBack(request, reply, 'late', request.session.waitingIdentity?.key);
}
