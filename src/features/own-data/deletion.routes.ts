// GET and POST /settings/delete: asking for the account to be deleted; POST /settings/delete/keep takes it back.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Form } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { refusalOf } from '../../web/refusals.ts';
import { sessionHash } from '../../web/session-store.ts';
import { askForDeletion, keepAccount } from './commands/deletion.ts';
import { deletionForm, type DeletionField, readDeletionForm } from './forms.ts';
import { deletionPage } from './pages/deletion.ts';
import { countHoldings, countOtherAdmins } from './queries.ts';

/** Behind the proof. */
export async function deletionRoutes(app: FastifyInstance): Promise<void> {
  app.get(paths.deletion(), async (request, reply) => {
    if (memberOf(request).leavingAt) return reply.redirect(paths.privacySettings(), 303);
    return show(request, reply, { form: deletionForm() });
  });

  app.post(paths.deletion(), async (request, reply) => {
    const { id: memberId, name } = memberOf(request);
    const { texts, form } = readDeletionForm(request.body, name);
    if (texts === undefined || form.hasErrors) return show(request, reply.code(422), { form });
    const order = { memberId, texts, sessionHash: sessionHash(request.session.sessionId) };
    try {
      await app.db.transaction((tx) => askForDeletion(tx, order, app.clock.now()));
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.privacySettings(), 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: { readonly form: Form<DeletionField>; readonly refusal?: string },
  ): Promise<FastifyReply> {
    const { id, name, role } = memberOf(request);
    const holdings = await countHoldings(app.db, id);
    const lastAdmin = role === 'admin' && (await countOtherAdmins(app.db, id)) === 0;
    return reply.page('own-data/delete', deletionPage({ name, holdings, lastAdmin, ...answer }));
  }
}

/** Without a proof: keeping is the safe direction, and the banner offers it on every page. */
export async function keepRoutes(app: FastifyInstance): Promise<void> {
  app.post(paths.deletionKeep(), async (request, reply) => {
    await app.db.transaction((tx) => keepAccount(tx, memberOf(request).id));
    return reply.redirect(paths.privacySettings({ saved: 'kept' }), 303);
  });
}
