// GET and POST /forgot, GET and POST /reset: a new password for who has lost the old one.
import type { FastifyInstance } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { openSealedKey } from '../../lib/sealed-key.ts';
import { formBody, readText } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { askForReset, resetPassword } from './commands/recovery.ts';
import { forgotForm, newPasswordForm, readForgotForm, readNewPasswordForm } from './forms.ts';
import { forgotPage, resetPage } from './pages/recovery.ts';
import { findMailLink } from './queries.ts';
import { originOf } from './session.ts';
import type { SecretsOptions } from './link-options.ts';

interface RecoveryOptions extends SecretsOptions {
  readonly passwords: Passwords;
}

export async function recoveryRoutes(
  app: FastifyInstance,
  { passwords, secrets }: RecoveryOptions,
): Promise<void> {
  app.get<{ Querystring: { sent?: unknown } }>(paths.forgot(), async (request, reply) =>
    reply.page('members/forgot', forgotPage({ form: forgotForm(), sent: request.query.sent !== undefined })),
  );

  app.post(paths.forgot(), budget('no-guess'), async (request, reply) => {
    const { values, form } = readForgotForm(request.body);
    if (form.hasErrors) return reply.code(422).page('members/forgot', forgotPage({ form, sent: false }));
    await app.db.transaction((tx) => askForReset(tx, values.name));
    return reply.redirect(paths.forgot({ sent: 1 }), 303);
  });

  app.get(paths.reset(), async (request, reply) => {
    const key = readText(formBody(request.query), 'key');
    const link = await findLink(key);
    const page = resetPage({ link, key, form: newPasswordForm() });
    return reply.code(link ? 200 : 410).page('members/reset', page);
  });

  app.post(paths.reset(), budget('no-guess'), async (request, reply) => {
    const key = readText(formBody(request.body), 'key');
    const link = await findLink(key);
    if (link) {
      const { values, form } = readNewPasswordForm(request.body, link);
      if (form.hasErrors) return reply.code(422).page('members/reset', resetPage({ link, key, form }));
      const hash = await passwords.hash(values.password);
      const memberId = await app.db.transaction((tx) =>
        resetPassword(
          tx,
          link.id,
          { passwordHash: hash, origin: originOf(request), secrets },
          app.clock.now(),
        ),
      );
      if (memberId !== undefined) return reply.redirect(paths.signIn(undefined, { reset: 1 }), 303);
    }
    const page = resetPage({ link: undefined, key: '', form: newPasswordForm() });
    return reply.code(410).page('members/reset', page);
  });

  async function findLink(key: string) {
    return findMailLink(app.db, openSealedKey(secrets[0], 'reset', key), 'reset', app.clock.now());
  }
}
