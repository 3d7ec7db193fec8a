// GET and POST /settings/privacy, POST /settings/privacy/forget: who sees what of a member.
import type { FastifyInstance } from 'fastify';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { changePrivacy } from '../members/index.ts';
import { forgetVisits } from '../threads/index.ts';
import { readChoices } from './forms.ts';
import { showPrivacy } from './show-privacy.ts';

export async function privacyRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.privacySettings(), async (request, reply) =>
    showPrivacy(request, reply, { saved: request.query.saved }),
  );

  app.post(paths.privacySettings(), async (request, reply) => {
    const choices = readChoices(request.body);
    await app.db.transaction((tx) => changePrivacy(tx, memberOf(request).id, choices));
    return reply.redirect(paths.privacySettings({ saved: 'choices' }), 303);
  });

  app.post(paths.forgetReading(), async (request, reply) => {
    await app.db.transaction((tx) => forgetVisits(tx, memberOf(request).id));
    return reply.redirect(paths.privacySettings({ saved: 'forgotten' }), 303);
  });
}
