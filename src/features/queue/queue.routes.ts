// GET /moderation: the queue. Under /moderation/items/:id: one item, claimed, released and decided.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type QueueItemId, readId } from '../../domain/ids.ts';
import { formBody, readText, type Form } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { pageStart } from '../../web/paging.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { claimItem, releaseItem } from './commands/claim.ts';
import { decideItem } from './commands/decide.ts';
import { cannedReasons } from '../log/index.ts';
import { listFlags } from '../flags/index.ts';
import { type DecisionFields, emptyDecision, readDecisionForm } from './forms.ts';
import { queueItemPage, queuePage, type QueueItemFacts } from './pages/queue.ts';
import { listAuthors } from './queries/authors.ts';
import {
  countQueue,
  decodeQueueCursor,
  encodeQueueCursor,
  findQueueItem,
  listQueue,
  QUEUE_TABS,
  type QueueItemRow,
} from './queries/queue.ts';

interface ItemRequest {
  Params: { id: string };
}

export async function queueRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { tab?: unknown; after?: unknown } }>('/moderation', async (request, reply) => {
    const { query } = request;
    const tab = QUEUE_TABS.find((known) => known === query.tab) ?? 'flagged';
    const cursor = pageStart(query.after, decodeQueueCursor);
    const viewer = memberOf(request);
    const now = app.clock.now();
    const [{ rows, next }, counts] = await Promise.all([
      listQueue(app.db, { viewer, tab, cursor, now }),
      countQueue(app.db),
    ]);
    return reply.page(
      'queue/queue',
      queuePage({
        ...(await loadAround(app, rows)),
        viewer,
        now,
        tab,
        counts,
        rows,
        after: cursor && encodeQueueCursor(cursor),
        next: next && encodeQueueCursor(next),
      }),
    );
  });

  await app.register(itemRoutes);
}

async function itemRoutes(app: FastifyInstance): Promise<void> {
  app.get<ItemRequest>('/moderation/items/:id', (request, reply) =>
    showItem(app, request, reply, { form: emptyDecision }),
  );

  app.post<ItemRequest>('/moderation/items/:id/claim', async (request, reply) => {
    const order = { by: memberOf(request), itemId: readItemId(request), now: app.clock.now() };
    await app.db.transaction((tx) => claimItem(tx, order));
    return reply.redirect(`${nextOf(request)}#q-${order.itemId}`, 303);
  });

  app.post<ItemRequest>('/moderation/items/:id/release', async (request, reply) => {
    const order = { by: memberOf(request), itemId: readItemId(request), now: app.clock.now() };
    await app.db.transaction((tx) => releaseItem(tx, order));
    return reply.redirect(`${nextOf(request)}#q-${order.itemId}`, 303);
  });

  app.post<ItemRequest>('/moderation/items/:id', async (request, reply) => {
    const { form, reason, decision, choice, address, seen } = readDecisionForm(
      request.body,
      cannedReasons(app),
    );
    const itemId = readItemId(request);
    if (!decision) throw new Problem('invalid');
    if (!reason) return showItem(app, request, reply.code(422), { form });
    try {
      const order = {
        by: memberOf(request),
        itemId,
        decision,
        reason,
        choice,
        address,
        seenVersion: seen.version,
        now: app.clock.now(),
      };
      await app.db.transaction((tx) => decideItem(tx, order));
    } catch (error) {
      // Somebody was faster, or the post changed: what was typed is shown again beside what is there now.
      if (!(error instanceof Problem) || error.kind !== 'conflict') throw error;
      return showItem(app, request, reply.code(error.status), {
        form,
        refused: { explanation: error.explanation, seen },
      });
    }
    return reply.redirect(nextOf(request), 303);
  });
}

async function showItem(
  app: FastifyInstance,
  request: FastifyRequest<ItemRequest>,
  reply: FastifyReply,
  shown: { readonly form: Form<DecisionFields> } & Pick<QueueItemFacts, 'refused'>,
) {
  const viewer = memberOf(request);
  const row =
    (await findQueueItem(app.db, viewer, readItemId(request))) ?? notFound('There is no such piece of work.');
  const around = await loadAround(app, [row]);
  return reply.page(
    'queue/item',
    queueItemPage({ ...shown, ...around, row, viewer, now: app.clock.now(), here: nextOf(request) }),
  );
}

async function loadAround(app: FastifyInstance, rows: readonly QueueItemRow[]) {
  const authorIds = rows.flatMap(({ post }) => (post.authorId === null ? [] : [post.authorId]));
  const [flags, authors] = await Promise.all([
    listFlags(
      app.db,
      rows.map(({ post }) => ({ postId: post.id })),
    ),
    listAuthors(app.db, authorIds),
  ]);
  return { flags, authors, reasons: cannedReasons(app) };
}

function readItemId(request: FastifyRequest<ItemRequest>): QueueItemId {
  return readId<QueueItemId>(request.params.id) ?? notFound();
}

/** The page of the queue that the form stood on. */
function nextOf(request: FastifyRequest): string {
  const next = readText(formBody(request.body), 'next');
  return next === '' ? paths.queue() : safeNext(next);
}
