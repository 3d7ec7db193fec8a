// The account page, which several forms stand on: whichever was sent comes back on it.
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { memberOf } from '../../web/guards.ts';
import { notFound } from '../../web/problem.ts';
import { findTwoStep } from './factor-queries.ts';
import { type AccountForms, accountPage } from './pages/account.ts';
import { findOwnAccount, type OwnAccount } from './queries.ts';

export const WRONG_PASSWORD = 'This is not your current password.';

/** @param answer what was sent just now, and what became of it */
export async function showAccount(
  request: FastifyRequest,
  reply: FastifyReply,
  answer: AccountForms = {},
): Promise<FastifyReply> {
  const own = await ownAccount(request);
  const { db, clock } = request.server;
  const member = memberOf(request);
  const twoStep = await findTwoStep(db, member.id);
  return reply.page('members/account', accountPage({ member, own, twoStep, now: clock.now(), ...answer }));
}

export async function ownAccount(request: FastifyRequest): Promise<OwnAccount> {
  const { db, clock } = request.server;
  return (await findOwnAccount(db, memberOf(request).id, clock.now())) ?? notFound();
}

/** Whether the member who asks has typed their password: before changes that would take an account away. */
export async function isOwnPassword(
  passwords: Passwords,
  { passwordHash }: OwnAccount,
  typed: string,
): Promise<boolean> {
  const fits = await passwords.verify(typed, passwordHash);
  return fits && passwordHash !== null;
}
