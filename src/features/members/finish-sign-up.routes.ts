// GET and POST /sign-up/finish: the last step of signing up by way of another site.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Form } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import type { WaitingIdentity } from '../../web/session-store.ts';
import { readInvitation } from './brought-invitation.ts';
import { finishSignUp } from './commands/finish-sign-up.ts';
import { checkNewEmail } from './credentials.ts';
import { enterBy } from './enter.ts';
import { type FinishField, finishForm, NAME_TAKEN, readFinishForm } from './forms.ts';
import { finishSignUpPage } from './pages/finish-sign-up.ts';
import { startFirstSession, waitingOf } from './session.ts';
import { tooLate } from './troubles.ts';
import type { SecretsOptions } from './link-options.ts';

export async function finishSignUpRoutes(app: FastifyInstance, { secrets }: SecretsOptions): Promise<void> {
  app.get(paths.finishSignUp(), async (request, reply) => {
    const waiting = waitingOf(request);
    if (!waiting?.email || request.viewer.kind === 'member') return tooLate(request, reply);
    return show(request, reply, waiting, finishForm({ name: waiting.suggestedName, rules: false }));
  });

  app.post(paths.finishSignUp(), budget('sign-up'), async (request, reply) => {
    const waiting = waitingOf(request);
    if (!waiting?.email) return tooLate(request, reply);
    return finish(request, reply, waiting, waiting.email);
  });

  async function finish(
    request: FastifyRequest,
    reply: FastifyReply,
    waiting: WaitingIdentity,
    email: string,
  ): Promise<FastifyReply> {
    const { values, form } = readFinishForm(request.body);
    if (form.hasErrors || checkNewEmail(email) !== undefined)
      return show(request, reply.code(422), waiting, form);
    const { id: invitationId } = await readInvitation(request, secrets, { key: waiting.invitation });
    const admission = { mode: app.site.current().settings.signUp, invitationId, secrets };
    const joining = await app.db.transaction((tx) =>
      finishSignUp(tx, request.viewer, admission, { name: values.name, email, waiting }, app.clock.now()),
    );
    if (joining.outcome === 'known') {
      const { known } = joining;
      return enterBy(request, reply, { known, label: waiting.label, next: waiting.next });
    }
    if (joining.outcome === 'taken') {
      // Somebody has confirmed the address since this page was shown.
      if (joining.taken === 'email') return reply.redirect(paths.connectIdentity(), 303);
      return show(request, reply.code(422), waiting, finishForm(values, { name: NAME_TAKEN }));
    }
    delete request.session.waitingIdentity;
    await startFirstSession(request, joining.id);
    return reply.redirect(waiting.next, 303);
  }

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    waiting: WaitingIdentity,
    form: Form<FinishField>,
  ): Promise<FastifyReply> {
    const { settings } = app.site.current();
    const { providers } = app.config;
    const { email, invitation: key } = waiting;
    const invitation = await readInvitation(request, secrets, { key });
    const fault = checkNewEmail(email ?? '') ?? '';
    const facts = { form, waiting, fault, providers, mode: settings.signUp, invitation };
    return reply.page('members/finish-sign-up', finishSignUpPage(facts));
  }
}
