// GET and POST /settings/appearance: how the forum looks to a member.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { readingOf } from '../../web/viewer.ts';
import { changeAppearance } from './commands/settings.ts';
import { appearancePage } from './pages/appearance.ts';
import { appearanceForm, readAppearanceForm } from './settings-forms.ts';

export async function appearanceRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.appearance(), async (request, reply) => {
    const form = appearanceForm({ theme: request.signedIn?.theme ?? 'auto', ...readingOf(request) });
    return reply.page(
      'members/appearance',
      appearancePage({ form, timeZone: zoneOf(request), saved: request.query.saved }),
    );
  });

  app.post(paths.appearance(), async (request, reply) => {
    const { values, form } = readAppearanceForm(request.body);
    if (!values)
      return reply.code(422).page('members/appearance', appearancePage({ form, timeZone: zoneOf(request) }));
    await app.db.transaction((tx) => changeAppearance(tx, memberOf(request).id, values));
    return reply.redirect(paths.appearance({ saved: 'appearance' }), 303);
  });
}

function zoneOf({ signedIn }: FastifyRequest): string {
  return signedIn?.timeZone ?? 'UTC';
}
