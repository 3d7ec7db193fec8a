// GET and POST /talks/:id: the member whom a queue item concerns. GET and POST /moderation/items/:id/talk: moderators.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type QueueItemId, readId } from '../../domain/ids.ts';
import { isSelf } from '../../domain/viewer.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { answer, writeAsModerator } from './commands/write-message.ts';
import { emptyMessage, readMessageForm } from './forms.ts';
import { moderatorsTalkPage, talkPage, type TalkPageFacts } from './pages.ts';
import { countMessagesToday, findTalkItem, isAddressed, listTalk } from './queries.ts';

interface ItemRequest {
  Params: { id: string };
}
type Sent = Pick<TalkPageFacts, 'form' | 'refusal'>;

export async function talkRoutes(app: FastifyInstance): Promise<void> {
  app.get<ItemRequest>('/talks/:id', (request, reply) => show(request, reply, { form: emptyMessage }));

  app.post<ItemRequest>('/talks/:id', async (request, reply) => {
    const { item } = await findOwn(request);
    const { form, body } = readMessageForm(request.body);
    if (body === undefined) return show(request, reply.code(422), { form });
    const order = { by: memberOf(request), itemId: item.id, body, now: app.clock.now() };
    try {
      await app.db.transaction((tx) => answer(tx, order));
    } catch (error) {
      return show(request, reply, { form, refusal: refusalOf(error, reply) });
    }
    return reply.redirect(paths.talk(item.id), 303);
  });

  /** The item and what was said in it, if it concerns the viewer and somebody has written to them: else there is none. */
  async function findOwn(request: FastifyRequest<ItemRequest>) {
    const id = readId<QueueItemId>(request.params.id) ?? notFound();
    const [item, talk] = await Promise.all([findTalkItem(app.db, id), listTalk(app.db, [id])]);
    if (!item || !isSelf(request.viewer, item.concernedId) || !isAddressed(talk))
      return notFound('There is no such talk.');
    return { item, talk };
  }

  async function show(request: FastifyRequest<ItemRequest>, reply: FastifyReply, sent: Sent) {
    const viewer = memberOf(request);
    const now = app.clock.now();
    const [own, messagesToday] = await Promise.all([
      findOwn(request),
      countMessagesToday(app.db, viewer.id, now),
    ]);
    const { moderatorNames } = app.site.current().settings;
    return reply.page(
      'talks/talk',
      talkPage({ ...own, ...sent, viewer, moderatorNames, messagesToday, now }),
    );
  }
}

export async function moderatorsTalkRoutes(app: FastifyInstance): Promise<void> {
  app.get<ItemRequest>('/moderation/items/:id/talk', (request, reply) =>
    show(request, reply, { form: emptyMessage, toMember: true }),
  );

  app.post<ItemRequest>('/moderation/items/:id/talk', async (request, reply) => {
    const itemId = readId<QueueItemId>(request.params.id) ?? notFound();
    const { form, body, toMember } = readMessageForm(request.body);
    if (body === undefined) return show(request, reply.code(422), { form, toMember });
    const order = { by: memberOf(request), itemId, body, toMember, now: app.clock.now() };
    try {
      await app.db.transaction((tx) => writeAsModerator(tx, order));
    } catch (error) {
      return show(request, reply, { form, toMember, refusal: refusalOf(error, reply) });
    }
    const next = readText(formBody(request.body), 'next');
    return reply.redirect(next === '' ? paths.queueTalk(itemId) : safeNext(next), 303);
  });

  async function show(
    request: FastifyRequest<ItemRequest>,
    reply: FastifyReply,
    sent: Sent & { readonly toMember: boolean },
  ) {
    const id = readId<QueueItemId>(request.params.id) ?? notFound();
    const [found, talk] = await Promise.all([findTalkItem(app.db, id), listTalk(app.db, [id])]);
    const item = found ?? notFound('There is no such piece of work.');
    // What moderators say of one of them is for the others; what is said to them stands at paths.talk.
    if (isSelf(request.viewer, item.concernedId))
      throw new Problem('denied', 'This is about you: other moderators see to it.');
    const { moderatorNames } = app.site.current().settings;
    const facts = { viewer: memberOf(request), moderatorNames, item, talk, now: app.clock.now() };
    return reply.page('talks/talk', moderatorsTalkPage({ ...facts, ...sent }));
  }
}
