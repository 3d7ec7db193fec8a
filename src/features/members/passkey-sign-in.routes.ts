// POST /sign-in/passkey: logging in by a passkey alone. No code is asked after it: it is two factors by itself.
import type { FastifyInstance } from 'fastify';
import { maySignIn } from '../../domain/policy/members.ts';
import { formBody } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { authorize } from '../../web/problem.ts';
import { signInForm } from './forms.ts';
import { signInPage } from './pages.ts';
import { refusalSentence } from './pages/passkeys.ts';
import { askToShow, takeShown } from './passkey-ceremony.ts';
import { signIn } from './session.ts';

export async function passkeySignInRoutes(app: FastifyInstance): Promise<void> {
  app.post(paths.signInPasskeyOptions(), async (request) => {
    authorize(maySignIn(request.viewer));
    return askToShow(request, 'sign-in');
  });

  app.post(paths.signInPasskey(), budget('no-guess'), async (request, reply) => {
    authorize(maySignIn(request.viewer));
    const next = safeNext(formBody(request.body).next);
    const shown = await takeShown(request, 'sign-in');
    if (!shown.ok) {
      const signUpOpen = app.site.current().settings.signUp === 'open';
      const passkeyRefusal = refusalSentence(shown.refusal);
      const { providers } = app.config;
      const page = signInPage({ form: signInForm(), passkeyRefusal, providers, signUpOpen, next });
      return reply.code(422).page('members/sign-in', page);
    }
    await signIn(request, shown.memberId);
    return reply.redirect(next, 303);
  });
}
