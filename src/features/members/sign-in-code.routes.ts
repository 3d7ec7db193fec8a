// GET and POST /sign-in/code: the second step of logging in. Until it is taken the browser is a visitor's.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { mayTryCode } from '../../domain/policy/factors.ts';
import { maySignIn } from '../../domain/policy/members.ts';
import type { TextSealer } from '../../lib/sealed-text.ts';
import { formBody } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget, type SpendBudget } from '../../web/plugins/rate-budgets.ts';
import { authorize } from '../../web/problem.ts';
import type { PendingSignIn } from '../../web/session-store.ts';
import { answerWithCode } from './commands/sign-in-code.ts';
import { codeForm, readCodeForm, wrongCodeForm } from './factor-forms.ts';
import { signInCodePage } from './pages/proof.ts';
import { endSession, signIn } from './session.ts';

export interface CodeOptions {
  readonly sealer: TextSealer;
  /** Takes a guess from those at one account. */
  readonly spendCode: SpendBudget;
}

export async function signInCodeRoutes(
  app: FastifyInstance,
  { sealer, spendCode }: CodeOptions,
): Promise<void> {
  app.get<{ Querystring: { next?: unknown } }>(paths.signInCode(), async (request, reply) => {
    const next = safeNext(request.query.next);
    if (request.viewer.kind === 'member') return reply.redirect(next, 303);
    if (!pendingOf(request)) return reply.redirect(paths.signIn(next, { again: 1 }), 303);
    return reply.page('members/sign-in-code', signInCodePage({ form: codeForm(), next }));
  });

  app.post(paths.signInCode(), budget('sign-in'), async (request, reply) => {
    authorize(maySignIn(request.viewer));
    const next = safeNext(formBody(request.body).next);
    const pending = pendingOf(request);
    if (!pending) return reply.redirect(paths.signIn(next, { again: 1 }), 303);
    const { given, form } = readCodeForm(request.body);
    if (form.hasErrors) return reply.code(422).page('members/sign-in-code', signInCodePage({ form, next }));
    await spendCode(request, reply);
    const { sessionId } = request.session;
    const outcome = await app.db.transaction((tx) =>
      answerWithCode(tx, sealer, { sessionId, pending, given }, app.clock.now()),
    );
    if (outcome === 'wrong') {
      const page = signInCodePage({ form: wrongCodeForm(given), next });
      return reply.code(422).page('members/sign-in-code', page);
    }
    if (outcome === 'over') {
      await endSession(request, reply);
      return reply.redirect(paths.signIn(next, { again: 1 }), 303);
    }
    await signIn(request, pending.memberId);
    return reply.redirect(next, 303);
  });

  /** The sign-in that waits for a code, while it does. */
  function pendingOf({ session }: FastifyRequest): PendingSignIn | undefined {
    const { pendingSignIn: pending } = session;
    if (!pending) return undefined;
    const facts = { since: new Date(pending.since), tries: pending.tries + 1 };
    return mayTryCode(facts, app.clock.now()).allowed ? pending : undefined;
  }
}
