// Logging in by way of another site: as after a password, with the second step for who has one.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { paths } from '../../web/paths.ts';
import { noteIdentityUse } from './commands/identities.ts';
import type { KnownIdentity } from './identity-queries.ts';
import { signIn, startPendingSignIn } from './session.ts';

/** @param facts.label how the site calls them now */
export async function enterBy(
  request: FastifyRequest,
  reply: FastifyReply,
  { known, label, next }: { readonly known: KnownIdentity; readonly label: string; readonly next: string },
): Promise<FastifyReply> {
  const { db, clock } = request.server;
  await db.transaction((tx) => noteIdentityUse(tx, known.identityId, label, clock.now()));
  if (known.hasSecondFactor) {
    await startPendingSignIn(request, known);
    return reply.redirect(paths.signInCode(next), 303);
  }
  await signIn(request, known.id);
  return reply.redirect(next, 303);
}
