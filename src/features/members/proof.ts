// "Confirm it is you": the guard of what changes who can open an account.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayChangeAccess } from '../../domain/policy/factors.ts';
import { refererPath } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';

/**
 * Lets members pass who logged in, or confirmed that it is them, a short while ago; sends others to do so and back. A form
 * that was posted comes back to the page it stood on. To be used behind requireMember.
 */
export async function requireProof(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (reply.sent || isProved(request)) return;
  const next = request.method === 'GET' ? request.url : refererPath(request);
  await reply.redirect(paths.confirmIdentity(next), 303);
}

/** Whether the member need not be asked now. */
export function isProved({ session, server }: FastifyRequest): boolean {
  const provedAt = session.provedAt === undefined ? null : new Date(session.provedAt);
  return mayChangeAccess(provedAt, server.clock.now()).allowed;
}
