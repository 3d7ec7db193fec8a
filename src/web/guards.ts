// Guards hang on a plugin's scope, so that a route added to it later is guarded without anyone thinking of it.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mayAdminister } from '../domain/policy/administration.ts';
import { mayModerate } from '../domain/policy/moderation.ts';
import { isModerator, type Member } from '../domain/viewer.ts';
import { paths } from './paths.ts';
import { authorize, Problem } from './problem.ts';

/** Sends a visitor to log in and back. A form that was posted comes back to the page it stood on. */
export async function requireMember(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.viewer.kind === 'member') return;
  if (wantsJson(request)) {
    await reply
      .code(401)
      .send({ status: 401, explanation: 'Log in first.', signIn: paths.signIn(refererPath(request)) });
    return;
  }
  const next = request.method === 'GET' ? request.url : refererPath(request);
  await reply.redirect(paths.signIn(next), 303);
}

/** Moderators in office: a suspension shuts them out of what others reported and wrote in confidence, too. */
export async function requireModerator(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await requireMember(request, reply);
  if (reply.sent) return;
  if (!isModerator(memberOf(request))) throw forModerators();
  authorize(mayModerate(request.viewer, request.server.clock.now()));
}

/** Moderators are sent each other's addresses, and their links get about. */
function forModerators(): Problem {
  return new Problem(
    'denied',
    'This page is for moderators. What they decided about you stands in your notifications, in the version meant for you.',
    { link: { href: paths.inbox(), text: 'Notifications' } },
  );
}

/** Admins in office. */
export async function requireAdmin(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  await requireMember(request, reply);
  if (!reply.sent) authorize(mayAdminister(request.viewer, request.server.clock.now()));
}

/** Pages about one person, or about others' faults, are kept nowhere. */
export async function noStore(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  reply.header('cache-control', 'no-store');
}

/** The member behind a request that passed requireMember. */
export function memberOf(request: FastifyRequest): Member {
  if (request.viewer.kind !== 'member') throw new Problem('denied', 'Log in first.');
  return request.viewer;
}

/** Whether the request comes from our own script, which wants data and not a page. */
export function wantsJson(request: FastifyRequest): boolean {
  return request.headers.accept?.startsWith('application/json') ?? false;
}

/** The page on this site that a form was sent from. */
export function refererPath(request: FastifyRequest): string | undefined {
  const url = URL.parse(request.headers.referer ?? '');
  return url?.host === request.host ? url.pathname + url.search : undefined;
}
