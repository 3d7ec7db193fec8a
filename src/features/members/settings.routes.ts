// GET and POST /settings, POST /settings/password: what members change about themselves.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { formOf } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { changeAbout, changePassword } from './commands/settings.ts';
import { passwordForm, readAboutForm, readPasswordForm } from './forms.ts';
import { settingsPage } from './pages.ts';
import { findOwnSettings, type OwnSettings } from './queries.ts';
import { startSession } from './session.ts';

type Forms = Partial<Pick<Parameters<typeof settingsPage>[0], 'about' | 'password' | 'refusal'>>;

export async function settingsRoutes(
  app: FastifyInstance,
  { passwords }: { passwords: Passwords },
): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.settings(), async (request, reply) =>
    showSettings(request, reply, await ownSettings(request), {}, request.query.saved),
  );

  app.post(paths.settings(), async (request, reply) => {
    const { values, form } = readAboutForm(request.body);
    if (form.hasErrors) {
      return showSettings(request, reply.code(422), await ownSettings(request), { about: form });
    }
    try {
      await app.db.transaction((tx) => changeAbout(tx, memberOf(request), values, app.clock.now()));
    } catch (error) {
      const refusal = refusalOf(error, reply);
      return showSettings(request, reply, await ownSettings(request), { about: form, refusal });
    }
    return reply.redirect(paths.settings({ saved: 'about' }), 303);
  });

  // Costs what logging in costs, and is as good a place to guess a password.
  app.post(paths.password(), budget('sign-in'), async (request, reply) => {
    const member = memberOf(request);
    const own = await ownSettings(request);
    const { values, form } = readPasswordForm(request.body, { name: member.name, email: own.email });
    if (form.hasErrors) return showSettings(request, reply.code(422), own, { password: form });

    const { passwordHash } = own;
    if (!(await passwords.verify(values.current, passwordHash)) || passwordHash === null) {
      const password = passwordForm({ current: 'This is not your current password.' });
      return showSettings(request, reply.code(422), own, { password });
    }
    const hash = { from: passwordHash, to: await passwords.hash(values.password) };
    const changed = await app.db.transaction((tx) => changePassword(tx, member.id, hash, app.clock.now()));
    if (!changed) {
      const password = passwordForm({ current: 'Your password was changed a moment ago.' });
      return showSettings(request, reply.code(422), own, { password });
    }
    await startSession(request, member.id);
    return reply.redirect(paths.settings({ saved: 'password' }), 303);
  });

  async function ownSettings(request: FastifyRequest): Promise<OwnSettings> {
    return (await findOwnSettings(app.db, memberOf(request).id)) ?? notFound();
  }
}

/** The page with the stored values, but for the form that was just sent. */
function showSettings(
  request: FastifyRequest,
  reply: FastifyReply,
  own: OwnSettings,
  { about, password, refusal = '' }: Forms,
  saved?: unknown,
): FastifyReply {
  return reply.page(
    'members/settings',
    settingsPage({
      member: { name: memberOf(request).name, email: own.email },
      theme: request.signedIn?.theme ?? 'auto',
      about: about ?? formOf({ about: own.about, affiliation: own.affiliation }),
      password: password ?? passwordForm(),
      refusal,
      saved,
    }),
  );
}
