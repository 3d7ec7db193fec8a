// GET and POST /sign-up.
import type { FastifyInstance } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { formBody } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { readInvitation } from './brought-invitation.ts';
import { signUp } from './commands/sign-up.ts';
import { emptySignUpForm, readSignUpForm, takenSignUpForm } from './forms.ts';
import { signUpPage } from './pages.ts';
import { startFirstSession } from './session.ts';
import type { MailOptions, SecretsOptions } from './link-options.ts';

export async function signUpRoutes(
  app: FastifyInstance,
  { passwords, secrets, spendMail }: SecretsOptions & MailOptions & { readonly passwords: Passwords },
): Promise<void> {
  const { providers } = app.config;
  const offers = () => ({ mode: app.site.current().settings.signUp, providers });

  app.get<{ Querystring: { next?: unknown } }>(paths.signUp(), async (request, reply) => {
    const next = safeNext(request.query.next);
    if (request.viewer.kind === 'member') return reply.redirect(next, 303);
    const invitation = await readInvitation(request, secrets, request.query);
    const page = signUpPage({ form: emptySignUpForm(), ...offers(), invitation, next });
    return reply.page('members/sign-up', page);
  });

  app.post(paths.signUp(), budget('sign-up'), async (request, reply) => {
    const { body, viewer } = request;
    const next = safeNext(formBody(body).next);
    const invitation = await readInvitation(request, secrets, body);
    const { values, form } = readSignUpForm(body);
    if (form.hasErrors) {
      return reply.code(422).page('members/sign-up', signUpPage({ form, ...offers(), invitation, next }));
    }
    await spendMail(request, reply);
    // Before anything is looked up, so that a taken address takes as long as a free one.
    const passwordHash = await passwords.hash(values.password);
    const { name, email } = values;
    const admission = {
      mode: offers().mode,
      mailsAreSent: app.mailer !== undefined,
      invitationId: invitation.id,
      secrets,
    };
    const joining = await app.db.transaction((tx) =>
      signUp(tx, viewer, admission, { name, email, passwordHash, next }, app.clock.now()),
    );
    if (!joining.ok) {
      const taken = takenSignUpForm(values, joining.taken);
      const page = signUpPage({ form: taken, ...offers(), invitation, next });
      return reply.code(422).page('members/sign-up', page);
    }
    await startFirstSession(request, joining.id);
    return reply.redirect(next, 303);
  });
}
