// GET /settings/account, POST /settings/password: by what a member is known and logs in.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import type { Form } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { notFound } from '../../web/problem.ts';
import { changePassword } from './commands/settings.ts';
import { findTwoStep, type TwoStep } from './factor-queries.ts';
import { passwordForm, type PasswordField, readPasswordForm } from './forms.ts';
import { accountPage } from './pages/account.ts';
import { findOwnAccount, type OwnAccount } from './queries.ts';
import { startSession } from './session.ts';

type Own = OwnAccount & { readonly twoStep: TwoStep };

export async function accountRoutes(
  app: FastifyInstance,
  { passwords }: { passwords: Passwords },
): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.account(), async (request, reply) =>
    show(request, reply, await ownAccount(request), { saved: request.query.saved }),
  );

  // Costs what logging in costs, and is as good a place to guess a password.
  app.post(paths.password(), budget('sign-in'), async (request, reply) => {
    const member = memberOf(request);
    const own = await ownAccount(request);
    const { values, form } = readPasswordForm(request.body, { name: member.name, email: own.email });
    if (form.hasErrors) return show(request, reply.code(422), own, { password: form });

    const { passwordHash } = own;
    if (!(await passwords.verify(values.current, passwordHash)) || passwordHash === null) {
      const password = passwordForm({ current: 'This is not your current password.' });
      return show(request, reply.code(422), own, { password });
    }
    const hash = { from: passwordHash, to: await passwords.hash(values.password) };
    const changed = await app.db.transaction((tx) => changePassword(tx, member.id, hash, app.clock.now()));
    if (!changed) {
      const password = passwordForm({ current: 'Your password was changed a moment ago.' });
      return show(request, reply.code(422), own, { password });
    }
    await startSession(request, member.id);
    return reply.redirect(paths.account({ saved: 'password' }), 303);
  });

  async function ownAccount(request: FastifyRequest): Promise<Own> {
    const { id } = memberOf(request);
    const own = (await findOwnAccount(app.db, id)) ?? notFound();
    return { ...own, twoStep: await findTwoStep(app.db, id) };
  }

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    own: Own,
    facts: { readonly password?: Form<PasswordField>; readonly saved?: unknown },
  ): FastifyReply {
    const member = { name: memberOf(request).name, email: own.email };
    return reply.page(
      'members/account',
      accountPage({ member, twoStep: own.twoStep, password: passwordForm(), ...facts }),
    );
  }
}
