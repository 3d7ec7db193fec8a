// GET and POST /settings/notices: by which channels a member is told of what.
import type { FastifyInstance } from 'fastify';
import { type Channels, channelsOf, NOTICE_KINDS, type NoticeKind } from '../../domain/notices.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { choicesForm, readChoicesForm } from './choices-form.ts';
import { chooseChannels } from './commands.ts';
import { choicesPage } from './pages/choices.ts';
import { findChoices } from './queries.ts';

export async function choicesRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.notices(), async (request, reply) => {
    const choices = await findChoices(app.db, memberOf(request).id);
    const chosen = NOTICE_KINDS.map((kind) => [kind, channelsOf(kind, choices.get(kind))]);
    const form = choicesForm(Object.fromEntries(chosen) as Record<NoticeKind, Channels>);
    return reply.page(
      'notifications/choices',
      choicesPage({ form, viewer: memberOf(request), saved: request.query.saved }),
    );
  });

  app.post(paths.notices(), async (request, reply) => {
    const { values, form } = readChoicesForm(request.body);
    const viewer = memberOf(request);
    if (!values) return reply.code(422).page('notifications/choices', choicesPage({ form, viewer }));
    await app.db.transaction((tx) => chooseChannels(tx, viewer.id, values));
    return reply.redirect(paths.notices({ saved: 'notices' }), 303);
  });
}
