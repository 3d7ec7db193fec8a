// GET and POST /settings: what a member says of themselves.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Form, formOf } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { changeProfile } from './commands/settings.ts';
import { profilePage } from './pages/settings.ts';
import { findProfile } from './queries.ts';
import { type ProfileField, readProfileForm } from './settings-forms.ts';

export async function settingsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.settings(), async (request, reply) => {
    const profile = (await findProfile(app.db, memberOf(request).id)) ?? notFound();
    return show(request, reply, { form: formOf(profile), saved: request.query.saved });
  });

  app.post(paths.settings(), async (request, reply) => {
    const { values, form } = readProfileForm(request.body);
    if (form.hasErrors) return show(request, reply.code(422), { form });
    try {
      await app.db.transaction((tx) => changeProfile(tx, memberOf(request), values, app.clock.now()));
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.settings({ saved: 'profile' }), 303);
  });

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    facts: { readonly form: Form<ProfileField>; readonly refusal?: string; readonly saved?: unknown },
  ): FastifyReply {
    return reply.page('members/settings', profilePage({ name: memberOf(request).name, ...facts }));
  }
}
