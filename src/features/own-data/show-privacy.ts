// The page of privacy, which several forms stand on.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { memberOf } from '../../web/guards.ts';
import { notFound } from '../../web/problem.ts';
import { privacyPage } from './pages/privacy.ts';
import { findChoices, findExport } from './queries.ts';

/** @param answer what was sent just now, and what became of it */
export async function showPrivacy(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: { readonly saved?: unknown; readonly refusal?: string } = {},
): Promise<FastifyReply> {
  const { db, clock } = request.server;
  const { id, leavingAt } = memberOf(request);
  const choices = (await findChoices(db, id)) ?? notFound();
  const lastExport = await findExport(db, id);
  const page = privacyPage({ choices, lastExport, leavingAt, now: clock.now(), ...answer });
  return reply.page('own-data/privacy', page);
}
