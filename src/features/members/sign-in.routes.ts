// GET and POST /sign-in, POST /sign-out.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { maySignIn } from '../../domain/policy/members.ts';
import { addressPrefix } from '../../lib/address-prefix.ts';
import type { Passwords } from '../../lib/passwords.ts';
import { formBody } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget, senderOf } from '../../web/plugins/rate-budgets.ts';
import { authorize } from '../../web/problem.ts';
import { replacePasswordHash } from './commands/settings.ts';
import { readSignInForm, signInForm, signInKey } from './forms.ts';
import { signInPage } from './pages.ts';
import { troubleSentence } from './pages/providers.ts';
import { findCredentials } from './queries.ts';
import { endSession, signIn, startPendingSignIn } from './session.ts';

interface SignInRequest {
  Querystring: { next?: unknown; reset?: unknown; again?: unknown; trouble?: unknown; with?: unknown };
}

export async function signInRoutes(
  app: FastifyInstance,
  { passwords }: { readonly passwords: Passwords },
): Promise<void> {
  // By what was typed, whether or not there is such an account: that it has to wait tells nothing about it.
  const typedBy = ({ body }: FastifyRequest) => `typed ${signInKey(readSignInForm(body).values)}`;
  const spendGuess = app.budgetPer('account', typedBy);
  // Where the member has logged in before, guesses made elsewhere keep nobody out.
  const spendGuessAtHome = app.budgetPer(
    'account',
    (request) => `${typedBy(request)} at ${addressPrefix(request.ip)}`,
  );
  const spendDay = app.budgetPer('sign-ins-a-day', senderOf);
  const { providers } = app.config;
  const offers = () => ({ signUpOpen: app.site.current().settings.signUp === 'open', providers });

  app.get<SignInRequest>(paths.signIn(), async (request, reply) => {
    const next = safeNext(request.query.next);
    if (request.viewer.kind === 'member') return reply.redirect(next, 303);
    const reset = request.query.reset !== undefined;
    const again = request.query.again !== undefined;
    const trouble = troubleSentence(providers, request.query);
    const page = signInPage({ form: signInForm(), reset, again, trouble, ...offers(), next });
    return reply.page('members/sign-in', page);
  });

  app.post(paths.signIn(), budget('sign-in'), async (request, reply) => {
    authorize(maySignIn(request.viewer));
    const next = safeNext(formBody(request.body).next);
    const { values, form } = readSignInForm(request.body);
    if (form.hasErrors) {
      return reply.code(422).page('members/sign-in', signInPage({ form, ...offers(), next }));
    }
    await spendDay(request, reply);
    const found = await findCredentials(app.db, values.name, addressPrefix(request.ip));
    await (found?.isKnownPlace ? spendGuessAtHome : spendGuess)(request, reply);
    const known = await passwords.verify(values.password, found?.passwordHash);
    if (!found?.passwordHash || !known) {
      request.log.info({ memberId: found?.id ?? null }, 'a log-in was refused');
      const page = signInPage({ form, refused: true, ...offers(), next });
      return reply.code(422).page('members/sign-in', page);
    }
    const { id, hasSecondFactor } = found;
    let { passwordHash } = found;
    if (passwords.needsRehash(passwordHash)) {
      const hash = { from: passwordHash, to: await passwords.hash(values.password) };
      await app.db.transaction((tx) => replacePasswordHash(tx, id, hash));
      passwordHash = hash.to;
    }
    if (hasSecondFactor) {
      await startPendingSignIn(request, { id, passwordHash });
      return reply.redirect(paths.signInCode(next), 303);
    }
    await signIn(request, id);
    return reply.redirect(next, 303);
  });

  app.post(paths.signOut(), async (request, reply) => {
    await endSession(request, reply);
    return reply.redirect(paths.front(), 303);
  });
}
