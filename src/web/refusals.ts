// Refusals that come back with the form: whatever was typed stays on the page, with the reason above it.
import type { FastifyReply } from 'fastify';
import { Problem } from './problem.ts';

/**
 * The sentence of a refusal, to stand above the form that was sent; sets the status it has. Anything else, also that the
 * subject of the form is not there any more, is thrown on.
 */
export function refusalOf(error: unknown, reply: FastifyReply): string {
  if (!(error instanceof Problem) || error.kind === 'not-found') throw error;
  reply.code(error.status);
  if (error.retryAfterSeconds !== undefined) reply.header('retry-after', String(error.retryAfterSeconds));
  return error.explanation;
}
