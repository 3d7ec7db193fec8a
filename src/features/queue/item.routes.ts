// Under /moderation/items/:id: one item, shown, claimed, released and decided.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type QueueItemId, readId } from '../../domain/ids.ts';
import type { Form } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { cannedReasons } from '../log/index.ts';
import { loadAround } from './around.ts';
import { claimItem, releaseItem } from './commands/claim.ts';
import { decideItem } from './commands/decide.ts';
import { queryOfView, readQueueView } from './filters.ts';
import { type DecisionFields, emptyDecision, readDecisionForm } from './forms.ts';
import { queueItemPage, type QueueItemFacts } from './pages/item-page.ts';
import { findItem, type ItemRow } from './queries/list.ts';
import { loadDone } from './load-done.ts';
import { backAt, nextAfter, type Place, placeOf } from './where-next.ts';

interface ItemRequest {
  Params: { id: string };
  Querystring: Readonly<Record<string, unknown>>;
}

export async function itemRoutes(app: FastifyInstance): Promise<void> {
  app.get<ItemRequest>('/moderation/items/:id', async (request, reply) => {
    const row = await findRow(app, request);
    const view = readQueueView(request.query);
    const href = paths.queueItem(row.id, queryOfView(view));
    const shown = { place: { href, view }, form: emptyDecision, refused: undefined };
    return showItem(app, request, reply, { row, ...shown });
  });

  app.post<ItemRequest>('/moderation/items/:id/claim', async (request, reply) => {
    const order = { by: memberOf(request), itemId: readItemId(request), now: app.clock.now() };
    await app.db.transaction((tx) => claimItem(tx, order));
    return reply.redirect(backAt(placeOf(request.body), order.itemId), 303);
  });

  app.post<ItemRequest>('/moderation/items/:id/release', async (request, reply) => {
    const order = { by: memberOf(request), itemId: readItemId(request), now: app.clock.now() };
    await app.db.transaction((tx) => releaseItem(tx, order));
    return reply.redirect(backAt(placeOf(request.body), order.itemId), 303);
  });

  app.post<ItemRequest>('/moderation/items/:id', async (request, reply) => {
    const { form, seen, ...decided } = readDecisionForm(request.body, cannedReasons(app));
    const { reason, decision, choice, address } = decided;
    const row = await findRow(app, request);
    const place = placeOf(request.body);
    if (!decision) throw new Problem('invalid');
    if (!reason) return showItem(app, request, reply.code(422), { row, place, form, refused: undefined });
    const viewer = memberOf(request);
    const now = app.clock.now();
    const chosen = { decision, reason, choice, address };
    const order = { by: viewer, itemId: row.id, ...chosen, seenVersion: seen.version, now };
    try {
      const actionId = await app.db.transaction((tx) => decideItem(tx, order));
      return await reply.redirect(await nextAfter(app.db, place, { viewer, row, actionId, now }), 303);
    } catch (error) {
      // Somebody was faster, or the post changed: what was typed is shown again beside what is there now.
      if (!(error instanceof Problem) || error.kind !== 'conflict') throw error;
      const refused = { explanation: error.explanation, seen };
      const shown = { row: await findRow(app, request), place, form, refused };
      return showItem(app, request, reply.code(error.status), shown);
    }
  });
}

async function showItem(
  app: FastifyInstance,
  request: FastifyRequest<ItemRequest>,
  reply: FastifyReply,
  shown: {
    readonly row: ItemRow;
    readonly place: Pick<Place, 'href' | 'view'>;
    readonly form: Form<DecisionFields>;
  } & Pick<QueueItemFacts, 'refused'>,
) {
  const { row, place, form, refused } = shown;
  const viewer = memberOf(request);
  return reply.page(
    'queue/item',
    queueItemPage({
      ...{ row, viewer, form, refused, view: place.view, here: place.href },
      around: await loadAround(app, viewer, [row]),
      done: await loadDone(app.db, request.query),
      now: app.clock.now(),
    }),
  );
}

async function findRow(app: FastifyInstance, request: FastifyRequest<ItemRequest>): Promise<ItemRow> {
  return (await findItem(app.db, readItemId(request))) ?? notFound('There is no such piece of work.');
}

function readItemId(request: FastifyRequest<ItemRequest>): QueueItemId {
  return readId<QueueItemId>(request.params.id) ?? notFound();
}
