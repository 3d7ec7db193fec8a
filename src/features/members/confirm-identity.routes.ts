// GET and POST /confirm-identity: the password once more, before something is changed that opens the account.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { formBody } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { takeCode } from './commands/second-factor.ts';
import { proofForm, readCodeForm, readProofForm, wrongCodeForm } from './factor-forms.ts';
import { troubleSentence } from './pages/providers.ts';
import { isProved } from './proof.ts';
import { startSession } from './session.ts';
import type { PasswordOptions } from './show-account.ts';
import { findProofs, type ProofForms, showConfirmIdentity } from './show-confirm-identity.ts';
import type { CodeOptions } from './sign-in-code.routes.ts';

interface ConfirmRequest {
  Querystring: { next?: unknown; trouble?: unknown; with?: unknown };
}

export async function confirmIdentityRoutes(
  app: FastifyInstance,
  { passwords, spendGuess, sealer, spendCode }: CodeOptions & PasswordOptions,
): Promise<void> {
  app.get<ConfirmRequest>(paths.confirmIdentity(), async (request, reply) => {
    const next = safeNext(request.query.next);
    if (isProved(request)) return reply.redirect(next, 303);
    const trouble = troubleSentence(app.config.providers, request.query);
    return showConfirmIdentity(request, reply, next, { trouble });
  });

  app.post(paths.confirmIdentity(), budget('sign-in'), async (request, reply) => {
    const next = safeNext(formBody(request.body).next);
    const { passwordHash, hasPassword, hasCode } = await findProofs(request);
    // With two-step login both are asked for, as when logging in: else the password alone would turn it off.
    const wrongPassword = hasPassword ? await checkPassword(request, reply, passwordHash) : undefined;
    const forms = wrongPassword ?? (hasCode || !hasPassword ? await checkCode(request, reply) : undefined);
    if (forms) return showConfirmIdentity(request, reply.code(422), next, forms);
    // Under a new id: whoever knows the old one has not shown anything.
    await startSession(request, memberOf(request).id);
    return reply.redirect(next, 303);
  });

  /** @returns the form with what is wrong; undefined when the password is right */
  async function checkPassword(
    request: FastifyRequest,
    reply: FastifyReply,
    passwordHash: string | null,
  ): Promise<ProofForms | undefined> {
    const { password, form } = readProofForm(request.body);
    if (form.hasErrors) return { password: form };
    await spendGuess(request, reply);
    if (await passwords.verify(password, passwordHash)) return undefined;
    return { password: proofForm('This is not your password.') };
  }

  /** As above, of the second step. */
  async function checkCode(request: FastifyRequest, reply: FastifyReply): Promise<ProofForms | undefined> {
    const { given, form } = readCodeForm(request.body);
    if (form.hasErrors) return { form };
    await spendCode(request, reply);
    const { id } = memberOf(request);
    const taken = await app.db.transaction((tx) => takeCode(tx, sealer, id, given, app.clock.now()));
    return taken ? undefined : { form: wrongCodeForm(given) };
  }
}
