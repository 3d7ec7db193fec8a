// GET and POST /moderation/actions/:id/undo: what a decision did, what undoing it changes back, and doing so.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type ActionId, readId } from '../../domain/ids.ts';
import { mayUndo } from '../../domain/policy/undoing.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { emptyReason, readReasonForm } from '../log/index.ts';
import { undoAction } from './commands/undo.ts';
import { undoPage } from './pages.ts';
import { type ActionDetails, findAction } from './queries/action.ts';
import { loadEffects } from './queries/effects.ts';

interface UndoRequest {
  Params: { id: string };
}

export async function undoRoutes(app: FastifyInstance): Promise<void> {
  app.get<UndoRequest>('/moderation/actions/:id/undo', async (request, reply) => {
    const action = await readAction(request);
    authorize(mayUndo(request.viewer, action, app.clock.now()));
    return reply.page('undo/show', await show(action, emptyReason));
  });

  app.post<UndoRequest>('/moderation/actions/:id/undo', async (request, reply) => {
    const action = await readAction(request);
    const { form, reason } = readReasonForm(request.body, []);
    if (!reason) return reply.code(422).page('undo/show', await show(action, form));
    const order = { by: memberOf(request), reason, now: app.clock.now(), actionId: action.id };
    try {
      await app.db.transaction((tx) => undoAction(tx, order));
    } catch (error) {
      const refusal = refusalOf(error, reply);
      return reply.page('undo/show', await show(await readAction(request), form, refusal));
    }
    return reply.redirect(placeOf(action), 303);
  });

  async function show(action: ActionDetails, form: typeof emptyReason, refusal = '') {
    return undoPage({ action, effects: await loadEffects(app.db, action), form, refusal });
  }

  async function readAction({ params }: FastifyRequest<UndoRequest>): Promise<ActionDetails> {
    const id = readId<ActionId>(params.id) ?? notFound();
    return (await findAction(app.db, id)) ?? notFound('There is no such decision.');
  }
}

/** Where it can be seen. */
function placeOf({ postId, topicId, member }: ActionDetails): string {
  if (postId !== null) return paths.post(postId);
  if (topicId !== null) return paths.topicById(topicId);
  return member === null ? paths.moderationLog() : paths.member(member);
}
