// POST /sign-up/passkey: an account that is opened by a passkey alone. It exists once the passkey has been checked.
import type { FastifyInstance } from 'fastify';
import type { Tx } from '../../db/connection.ts';
import { maySignUp } from '../../domain/policy/members.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { deviceName } from '../../lib/device-name.ts';
import { randomToken } from '../../lib/webauthn.ts';
import { formBody } from '../../web/forms.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { authorize, Problem } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { readInvitation } from './brought-invitation.ts';
import { isNameFree } from './commands/names.ts';
import { addFirstPasskey, type NewPasskey } from './commands/passkeys.ts';
import { type Admission, type Joining, signUp } from './commands/sign-up.ts';
import { readSignUpForm, type SignUpInput, takenSignUpForm } from './forms.ts';
import { signUpPage } from './pages.ts';
import { refusalSentence } from './pages/passkeys.ts';
import { askToMake, takeMade } from './passkey-ceremony.ts';
import { startFirstSession } from './session.ts';
import type { MailOptions, SecretsOptions } from './link-options.ts';

const UNFIT = 'Something in the form is to be put right first.';

export async function passkeySignUpRoutes(
  app: FastifyInstance,
  { secrets, spendMail }: SecretsOptions & MailOptions,
): Promise<void> {
  const { providers } = app.config;
  const modeNow = () => app.site.current().settings.signUp;
  const offers = () => ({ mode: modeNow(), providers });

  // What is wrong is found before a device keeps a passkey for an account that does not come to be. The script then sends
  // the form as it is, and the page says what.
  app.post(paths.signUpPasskeyOptions(), budget('sign-up'), async (request) => {
    const { by } = await readInvitation(request, secrets, request.body);
    authorize(maySignUp(request.viewer, modeNow(), by !== undefined));
    const { values, form } = readSignUpForm(request.body, 'passkey');
    const { name } = values;
    if (form.hasErrors || !(await app.db.transaction((tx) => isNameFree(tx, name))))
      throw new Problem('unprocessable', UNFIT);
    return askToMake(request, 'sign-up', { name, handle: randomToken() });
  });

  app.post(paths.signUpPasskey(), budget('sign-up'), async (request, reply) => {
    const { body, viewer, headers } = request;
    const invitation = await readInvitation(request, secrets, body);
    authorize(maySignUp(viewer, modeNow(), invitation.by !== undefined));
    const next = safeNext(formBody(body).next);
    const { values, form } = readSignUpForm(body, 'passkey');
    const show = (answer: Pick<Parameters<typeof signUpPage>[0], 'form' | 'passkeyRefusal'>) =>
      reply.page('members/sign-up', signUpPage({ ...answer, ...offers(), invitation, next }));
    reply.code(422);
    if (form.hasErrors) return show({ form });
    if (!(await app.db.transaction((tx) => isNameFree(tx, values.name))))
      return show({ form: takenSignUpForm(values, 'name') });
    const taken = await takeMade(request, 'sign-up');
    if (!taken.ok) return show({ form, passkeyRefusal: refusalSentence(taken.refusal) });
    await spendMail(request, reply);
    const label = deviceName(headers['user-agent'] ?? '');
    const { made, handle } = taken;
    const joining = await app.db
      .transaction((tx) =>
        join(tx, viewer, values, { made, handle, label, invitationId: invitation.id, next }),
      )
      .catch((error: unknown) => refusalOf(error, reply));
    if (typeof joining === 'string') return show({ form, passkeyRefusal: joining });
    if (!joining.ok) return show({ form: takenSignUpForm(values, joining.taken) });
    await startFirstSession(request, joining.id);
    return reply.redirect(next, 303);
  });

  /** Both or neither: no account without a way in. */
  async function join(
    tx: Tx,
    viewer: Viewer,
    { name, email }: SignUpInput,
    {
      invitationId,
      next,
      ...passkey
    }: Pick<NewPasskey, 'made' | 'label'> &
      Pick<Admission, 'invitationId'> & { readonly handle: string; readonly next: string },
  ): Promise<Joining> {
    const now = app.clock.now();
    const admission = { mode: modeNow(), mailsAreSent: app.mailer !== undefined, invitationId, secrets };
    const joining = await signUp(tx, viewer, admission, { name, email, passwordHash: null, next }, now);
    if (joining.ok) await addFirstPasskey(tx, { ...passkey, memberId: joining.id }, now);
    return joining;
  }
}
