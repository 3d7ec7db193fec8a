// GET and POST /setup: how a forum in production gets its settings, its sections and its first admin.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Passwords } from '../../lib/passwords.ts';
import { formBody, readText } from '../../web/forms.ts';
import { noStore } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { startSession } from '../members/index.ts';
import { renderText } from '../site/index.ts';
import { setUpForum } from './commands/setup.ts';
import { setupClosedPage, setupPage } from './pages.ts';
import { freshSetupForm, readSetupForm, type SetupFaults } from './setup-form.ts';
import { isSetupToken } from './setup-token.ts';

const TAKEN: Readonly<Record<'name' | 'email', SetupFaults>> = {
  name: { memberName: 'This name is taken, or looks like one that is. Choose another.' },
  email: { email: 'A member has this e-mail address already. Give another.' },
};

export async function setupRoutes(
  app: FastifyInstance,
  { secret, passwords }: { readonly secret: string; readonly passwords: Passwords },
): Promise<void> {
  app.addHook('onRequest', noStore);
  // Once somebody administers the forum there is nothing here; another process may have seen to that a moment ago.
  app.addHook('onRequest', async () => {
    if (app.site.current().needsSetup) await app.site.refresh();
    if (!app.site.current().needsSetup) notFound();
  });

  app.get(paths.setup(), async (request, reply) => {
    const token = readText(formBody(request.query), 'token');
    if (!isSetupToken(token, secret)) return showClosed(reply, token);
    const { settings, sections } = app.site.current();
    return reply.page('admin/setup', setupPage(freshSetupForm(settings, sections), token));
  });

  app.post(paths.setup(), async (request, reply) => {
    const token = readText(formBody(request.body), 'token');
    if (!isSetupToken(token, secret)) return showClosed(reply, token);
    const { form, values } = readSetupForm(request.body);
    if (!values) return showAgain(reply, token, {});
    const rules = await renderText(app.markdown, 'rules', values.settings.rules, app.config.siteUrl);
    if (!rules.ok) return showAgain(reply, token, { rules: rules.reason });

    const { name, email, password } = values.admin;
    const admin = { name, email, passwordHash: await passwords.hash(password) };
    const setup = { ...values, admin, now: app.clock.now() };
    const joining = await app.db.transaction((tx) => setUpForum(tx, setup));
    if (!joining.ok) return showAgain(reply, token, TAKEN[joining.taken]);
    await app.site.refresh();
    await startSession(request, joining.id);
    return reply.redirect(paths.front(), 303);

    function showAgain(to: FastifyReply, shownToken: string, faults: SetupFaults): FastifyReply {
      return to.code(422).page('admin/setup', setupPage(form(faults), shownToken));
    }
  });
}

function showClosed(reply: FastifyReply, token: string): FastifyReply {
  return reply.code(403).page('admin/setup-closed', setupClosedPage(token !== ''));
}
