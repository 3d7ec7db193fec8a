// "Confirm it is you", whichever of its forms was sent.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { memberOf } from '../../web/guards.ts';
import { notFound } from '../../web/problem.ts';
import { codeForm, proofForm } from './factor-forms.ts';
import { findTwoStep } from './factor-queries.ts';
import { listIdentities } from './identity-queries.ts';
import { confirmIdentityPage } from './pages/proof.ts';
import { findOwnAccount } from './queries.ts';
import { findWaysIn } from './ways-in.ts';

/** What was sent just now, and what became of it. */
export type ProofForms = Partial<
  Pick<Parameters<typeof confirmIdentityPage>[0], 'password' | 'form' | 'passkeyRefusal' | 'trouble'>
>;

/** By what a member can show that it is them. */
export async function findProofs(request: FastifyRequest) {
  const { db, clock, config } = request.server;
  const { id } = memberOf(request);
  const [own, { onSince }, { hasPassword, passkeys }, identities] = await Promise.all([
    findOwnAccount(db, id, clock.now()),
    findTwoStep(db, id),
    findWaysIn(db, id),
    listIdentities(db, id),
  ]);
  const { passwordHash } = own ?? notFound();
  const connected = new Set(identities.map(({ providerKey }) => providerKey));
  const providers = config.providers.filter(({ key }) => connected.has(key));
  return { passwordHash, hasPassword, hasCode: onSince !== null, hasPasskey: passkeys > 0, providers };
}

/** @param next where it leads, as a path that safeNext has been over */
export async function showConfirmIdentity(
  request: FastifyRequest,
  reply: FastifyReply,
  next: string,
  { password = proofForm(), form = codeForm(), passkeyRefusal = '', trouble = '' }: ProofForms = {},
): Promise<FastifyReply> {
  const { hasPassword, hasCode, hasPasskey, providers } = await findProofs(request);
  const has = { hasPassword, hasCode, hasPasskey, providers };
  const { name } = memberOf(request);
  const page = confirmIdentityPage({ name, ...has, password, form, passkeyRefusal, trouble, next });
  return reply.page('members/confirm-identity', page);
}
