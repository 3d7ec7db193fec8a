// GET and POST /confirm-identity: the password once more, before something is changed that opens the account.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { formBody } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { notFound } from '../../web/problem.ts';
import { takeCode } from './commands/second-factor.ts';
import { codeForm, proofForm, readCodeForm, readProofForm, wrongCodeForm } from './factor-forms.ts';
import { findTwoStep } from './factor-queries.ts';
import { confirmIdentityPage } from './pages/proof.ts';
import { isProved } from './proof.ts';
import { findOwnAccount } from './queries.ts';
import { startSession } from './session.ts';
import type { CodeOptions } from './sign-in-code.routes.ts';

type Asked = Pick<Parameters<typeof confirmIdentityPage>[0], 'hasPassword' | 'hasCode'>;
type Forms = Partial<Pick<Parameters<typeof confirmIdentityPage>[0], 'password' | 'form'>>;

export async function confirmIdentityRoutes(
  app: FastifyInstance,
  { passwords, sealer, spendCode }: CodeOptions & { readonly passwords: Passwords },
): Promise<void> {
  const spendGuess = app.budgetPer('account', (request) => `member ${memberOf(request).id}`);

  app.get<{ Querystring: { next?: unknown } }>(paths.confirmIdentity(), async (request, reply) => {
    const next = safeNext(request.query.next);
    if (isProved(request)) return reply.redirect(next, 303);
    const { hasPassword, hasCode } = await findFactors(request);
    return show(request, reply, { hasPassword, hasCode }, next);
  });

  app.post(paths.confirmIdentity(), budget('sign-in'), async (request, reply) => {
    const next = safeNext(formBody(request.body).next);
    const { passwordHash, ...asked } = await findFactors(request);
    const forms = asked.hasPassword
      ? await checkPassword(request, reply, passwordHash)
      : await checkCode(request, reply);
    if (forms) return show(request, reply.code(422), asked, next, forms);
    // Under a new id: whoever knows the old one has not shown anything.
    await startSession(request, memberOf(request).id);
    return reply.redirect(next, 303);
  });

  /** @returns the form with what is wrong; undefined when the password is right */
  async function checkPassword(
    request: FastifyRequest,
    reply: FastifyReply,
    passwordHash: string | null,
  ): Promise<Forms | undefined> {
    const { password, form } = readProofForm(request.body);
    if (form.hasErrors) return { password: form };
    await spendGuess(request, reply);
    if (await passwords.verify(password, passwordHash)) return undefined;
    return { password: proofForm('This is not your password.') };
  }

  /** As above, for members who have no password. */
  async function checkCode(request: FastifyRequest, reply: FastifyReply): Promise<Forms | undefined> {
    const { given, form } = readCodeForm(request.body);
    if (form.hasErrors) return { form };
    await spendCode(request, reply);
    const { id } = memberOf(request);
    const taken = await app.db.transaction((tx) => takeCode(tx, sealer, id, given, app.clock.now()));
    return taken ? undefined : { form: wrongCodeForm(given) };
  }

  async function findFactors(request: FastifyRequest): Promise<Asked & { passwordHash: string | null }> {
    const { id } = memberOf(request);
    const { passwordHash } = (await findOwnAccount(app.db, id, app.clock.now())) ?? notFound();
    const { onSince } = await findTwoStep(app.db, id);
    return { passwordHash, hasPassword: passwordHash !== null, hasCode: onSince !== null };
  }
}

function show(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Asked,
  next: string,
  { password = proofForm(), form = codeForm() }: Forms = {},
): FastifyReply {
  const { name } = memberOf(request);
  return reply.page(
    'members/confirm-identity',
    confirmIdentityPage({ name, ...asked, password, form, next }),
  );
}
