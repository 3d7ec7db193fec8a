// /settings/passkeys: adding, renaming and removing them. All of it only for who has shown a short while ago that it is
// them.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readId, type PasskeyId } from '../../domain/ids.ts';
import { mayAddPasskey } from '../../domain/policy/passkeys.ts';
import { deviceName } from '../../lib/device-name.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound, Problem } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { addPasskey, handleOf, removePasskey, renamePasskey } from './commands/passkeys.ts';
import { type PasskeysAnswer, passkeysPage, refusalSentence } from './pages/passkeys.ts';
import { askToMake, takeMade } from './passkey-ceremony.ts';
import { readLabelForm } from './passkey-forms.ts';
import { listPasskeys } from './passkey-queries.ts';
import { renewSession } from './session.ts';

export async function passkeysRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { saved?: unknown } }>(paths.passkeys(), async (request, reply) =>
    show(request, reply, { saved: request.query.saved }),
  );

  // A name that cannot be is found before a device keeps the passkey; the script then sends the form as it is.
  app.post(paths.passkeyOptions(), async (request) => {
    const { id, name } = memberOf(request);
    if (readLabelForm(request.body).form.hasErrors) throw new Problem('unprocessable');
    const known = await listPasskeys(app.db, id);
    authorize(mayAddPasskey(known.length));
    const handle = await app.db.transaction((tx) => handleOf(tx, id));
    return askToMake(request, 'add', { name, handle }, known);
  });

  app.post(paths.passkeys(), async (request, reply) => {
    const { label, form } = readLabelForm(request.body);
    if (form.hasErrors) return show(request, reply.code(422), { form });
    const taken = await takeMade(request, 'add');
    if (!taken.ok) return show(request, reply.code(422), { form, notAdded: refusalSentence(taken.refusal) });
    const passkey = { memberId: memberOf(request).id, made: taken.made, label };
    try {
      await app.db.transaction((tx) => addPasskey(tx, passkey, app.clock.now()));
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    await renewSession(request);
    return reply.redirect(paths.passkeys({ saved: 'added' }), 303);
  });

  app.post(paths.passkeyRename(), async (request, reply) => {
    const id = whichOf(request);
    const { label, form } = readLabelForm(request.body);
    if (form.hasErrors) return show(request, reply.code(422), { renamed: { id, form } });
    await app.db.transaction((tx) => renamePasskey(tx, memberOf(request).id, id, label));
    return reply.redirect(paths.passkeys({ saved: 'renamed' }), 303);
  });

  app.post(paths.passkeyRemove(), async (request, reply) => {
    const id = whichOf(request);
    try {
      await app.db.transaction((tx) => removePasskey(tx, memberOf(request).id, id, app.clock.now()));
    } catch (error) {
      return show(request, reply, { refusal: refusalOf(error, reply) });
    }
    await renewSession(request);
    return reply.redirect(paths.passkeys({ saved: 'removed' }), 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    answer: PasskeysAnswer,
  ): Promise<FastifyReply> {
    const passkeys = await listPasskeys(app.db, memberOf(request).id);
    const device = deviceName(request.headers['user-agent'] ?? '');
    return reply.page('members/passkeys', passkeysPage({ passkeys, device, ...answer }));
  }
}

/** Stands in the form and not in the address, so that pages that refuse it have the address of the settings. */
function whichOf(request: FastifyRequest): PasskeyId {
  return readId<PasskeyId>(readText(formBody(request.body), 'id')) ?? notFound('There is no such passkey.');
}
