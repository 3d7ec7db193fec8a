// The account page, which several forms stand on: whichever was sent comes back on it.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { memberOf } from '../../web/guards.ts';
import type { SpendBudget } from '../../web/plugins/rate-budgets.ts';
import { notFound } from '../../web/problem.ts';
import { findTwoStep } from './factor-queries.ts';
import { listPasskeys } from './passkey-queries.ts';
import { listIdentities } from './identity-queries.ts';
import { type AccountForms, accountPage } from './pages/account.ts';
import { isProved } from './proof.ts';
import { findOwnAccount, type OwnAccount } from './queries.ts';

/** @param answer what was sent just now, and what became of it */
export async function showAccount(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: AccountForms = {},
): Promise<FastifyReply> {
  const own = await ownAccount(request);
  const { db, clock, config } = request.server;
  const member = memberOf(request);
  const twoStep = await findTwoStep(db, member.id);
  const identities = await listIdentities(db, member.id);
  const passkeys = await listPasskeys(db, member.id);
  const { providers } = config;
  const proved = isProved(request);
  const facts = { member, own, twoStep, identities, providers, passkeys, proved, now: clock.now() };
  return reply.page('members/account', accountPage({ ...facts, ...answer }));
}

export async function ownAccount(request: FastifyRequest): Promise<OwnAccount> {
  const { db, clock } = request.server;
  return (await findOwnAccount(db, memberOf(request).id, clock.now())) ?? notFound();
}

export interface PasswordOptions {
  readonly passwords: Passwords;
  /** Takes a guess from those at the password of whoever is logged in. */
  readonly spendGuess: SpendBudget;
}

/**
 * Whether it is the member who asks for what would take an account away: by the password typed with it, and where that is not
 * enough by what they have confirmed a short while ago.
 */
export async function isOwner(
  request: FastifyRequest,
  reply: FastifyReply,
  { passwords, spendGuess }: PasswordOptions,
  { own, typed }: { readonly own: OwnAccount; readonly typed: string },
): Promise<boolean> {
  const { passwordHash, needsProof } = own;
  if (needsProof && !isProved(request)) return false;
  if (passwordHash === null) return true;
  await spendGuess(request, reply);
  return passwords.verify(typed, passwordHash);
}

/** What is wrong with a password field when it was not the owner; where a proof is missing the page says what to do. */
export function wrongPassword(request: FastifyRequest, { needsProof }: OwnAccount): string | undefined {
  return needsProof && !isProved(request) ? undefined : 'This is not your current password.';
}
