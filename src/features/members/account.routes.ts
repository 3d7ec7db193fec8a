// GET /settings/account, POST /settings/name and /settings/password: by what a member is known and logs in.
import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { refusalOf } from '../../web/refusals.ts';
import { rename } from './commands/names.ts';
import { changePassword } from './commands/settings.ts';
import { NAME_TAKEN, passwordForm, readPasswordForm } from './forms.ts';
import { troubleSentence } from './pages/providers.ts';
import { startSession } from './session.ts';
import { newNameForm, readNewNameForm } from './settings-forms.ts';
import { isOwner, ownAccount, type PasswordOptions, showAccount, wrongPassword } from './show-account.ts';

interface AccountRequest {
  Querystring: { saved?: unknown; trouble?: unknown; with?: unknown };
}

export async function accountRoutes(app: FastifyInstance, options: PasswordOptions): Promise<void> {
  app.get<AccountRequest>(paths.account(), async (request, reply) => {
    const trouble = troubleSentence(app.config.providers, request.query);
    return showAccount(request, reply, { saved: request.query.saved, trouble });
  });

  app.post(paths.name(), budget('sign-in'), async (request, reply) => {
    const member = memberOf(request);
    const own = await ownAccount(request);
    const { hasPassword } = own;
    const { values, form } = readNewNameForm(request.body, { name: member.name, hasPassword });
    if (form.hasErrors) return showAccount(request, reply.code(422), { rename: form });
    if (!(await isOwner(request, reply, options, { own, typed: values.password }))) {
      const wrong = newNameForm(values.name, { passwordForName: wrongPassword(request, own) });
      return showAccount(request, reply.code(422), { rename: wrong });
    }
    try {
      const renamed = await app.db.transaction((tx) => rename(tx, member, values.name, app.clock.now()));
      if (renamed) return await reply.redirect(paths.account({ saved: 'name' }), 303);
    } catch (error) {
      return showAccount(request, reply, { rename: form, renameRefusal: refusalOf(error, reply) });
    }
    const taken = newNameForm(values.name, { name: NAME_TAKEN });
    return showAccount(request, reply.code(422), { rename: taken });
  });

  // Costs what logging in costs, and is as good a place to guess a password.
  app.post(paths.password(), budget('sign-in'), async (request, reply) => {
    const member = memberOf(request);
    const own = await ownAccount(request);
    const { email, hasPassword } = own;
    const { values, form } = readPasswordForm(request.body, { name: member.name, email, hasPassword });
    if (form.hasErrors) return showAccount(request, reply.code(422), { password: form });

    if (!(await isOwner(request, reply, options, { own, typed: values.current }))) {
      const password = passwordForm({ current: wrongPassword(request, own) });
      return showAccount(request, reply.code(422), { password });
    }
    const hash = { from: own.passwordHash, to: await options.passwords.hash(values.password) };
    const changed = await app.db.transaction((tx) => changePassword(tx, member.id, hash, app.clock.now()));
    if (!changed) {
      const password = passwordForm({ password: 'Your password was changed a moment ago.' });
      return showAccount(request, reply.code(422), { password });
    }
    await startSession(request, member.id);
    return reply.redirect(paths.account({ saved: 'password' }), 303);
  });
}
