// POST /settings/email, /settings/email/again and /settings/email/cancel: a member asks for another address; GET and POST
// /confirm/email: each end agrees.
import type { FastifyInstance } from 'fastify';
import type { EmailChangeEnd } from '../../db/schema/index.ts';
import { openSealedKey } from '../../lib/sealed-key.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { refusalOf } from '../../web/refusals.ts';
import {
  agreeToEmailChange,
  askEndsAgain,
  askForEmailChange,
  cancelEmailChange,
} from './commands/email-change.ts';
import { agreedPage, agreePage } from './pages/email-change.ts';
import { findEmailChange } from './queries.ts';
import { renewSession } from './session.ts';
import { newEmailForm, readNewEmailForm } from './settings-forms.ts';
import { isOwner, ownAccount, type PasswordOptions, showAccount, wrongPassword } from './show-account.ts';
import type { MailOptions, SecretsOptions } from './link-options.ts';

export async function emailRoutes(
  app: FastifyInstance,
  options: PasswordOptions & MailOptions,
): Promise<void> {
  const mailsAreSent = app.mailer !== undefined;

  app.post(paths.email(), budget('sign-in'), async (request, reply) => {
    const member = memberOf(request);
    const own = await ownAccount(request);
    const { values, form } = readNewEmailForm(request.body, own);
    if (form.hasErrors) return showAccount(request, reply.code(422), { email: form });
    if (!(await isOwner(request, reply, options, { own, typed: values.password }))) {
      const email = newEmailForm(values.email, { passwordForEmail: wrongPassword(request, own) });
      return showAccount(request, reply.code(422), { email });
    }
    await options.spendMail(request, reply);
    try {
      await app.db.transaction((tx) =>
        askForEmailChange(tx, { member, mailsAreSent }, values.email, app.clock.now()),
      );
    } catch (error) {
      return showAccount(request, reply, { email: form, emailRefusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.account({ saved: 'asked' }), 303);
  });

  app.post(paths.emailAgain(), budget('sign-up'), async (request, reply) => {
    const asking = { member: memberOf(request), mailsAreSent };
    try {
      await app.db.transaction((tx) => askEndsAgain(tx, asking, app.clock.now()));
    } catch (error) {
      return showAccount(request, reply, { emailRefusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.account({ saved: 'again' }), 303);
  });

  app.post(paths.emailCancel(), async (request, reply) => {
    await app.db.transaction((tx) => cancelEmailChange(tx, memberOf(request).id));
    return reply.redirect(paths.account({ saved: 'cancelled' }), 303);
  });
}

const ENDS: readonly EmailChangeEnd[] = ['change-new', 'change-old'];

/** The pages behind the links in both mails: who opens them need not be logged in. */
export async function emailLinkRoutes(app: FastifyInstance, { secrets }: SecretsOptions): Promise<void> {
  /** A key opens one end: its seal says which. */
  const linkOf = (key: string) => {
    for (const end of ENDS) {
      const linkId = openSealedKey(secrets[0], end, key);
      if (linkId !== undefined) return { end, linkId };
    }
    return undefined;
  };

  app.get<{ Querystring: { key?: unknown; done?: unknown } }>(
    paths.confirmEmail(),
    async (request, reply) => {
      const { query } = request;
      if (query.done !== undefined)
        return reply.page('members/email-agreed', agreedPage({ done: query.done, viewer: request.viewer }));
      const key = readText(formBody(query), 'key');
      const link = linkOf(key);
      const found = link && (await findEmailChange(app.db, link.end, link.linkId, app.clock.now()));
      return reply
        .code(found ? 200 : 410)
        .page('members/email-agree', agreePage({ end: link?.end, found, key }));
    },
  );

  app.post(paths.confirmEmail(), async (request, reply) => {
    const link = linkOf(readText(formBody(request.body), 'key'));
    const agreement =
      link &&
      (await app.db.transaction((tx) => agreeToEmailChange(tx, { ...link, secrets }, app.clock.now())));
    if (!agreement || agreement.outcome === 'gone')
      return reply
        .code(410)
        .page('members/email-agree', agreePage({ end: undefined, found: undefined, key: '' }));
    if (agreement.outcome === 'changed' && request.viewer.kind === 'member') {
      // All sessions of the member have ended; this one begins anew.
      if (request.viewer.id === agreement.memberId) await renewSession(request);
    }
    return reply.redirect(paths.confirmEmail({ done: agreement.outcome }), 303);
  });
}
