// GET and POST /t/:id/sources: the articles of a topic, and adding one.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readId, type TopicId } from '../../domain/ids.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { offerReply, openStandingTopic, openTopic, signInFor, writerOf } from '../threads/index.ts';
import { sourceAnchor } from '../threads/pages.ts';
import { refusedForm } from '../watch/index.ts';
import { type AddOutcome, addSourceToTopic } from './commands/add-source.ts';
import { type AddInput, emptyAddForm, readAddForm } from './forms.ts';
import { type SourcesFacts, sourcesPage } from './pages/list.ts';

interface TopicRequest {
  Params: { id: string };
}
type Shown = Omit<SourcesFacts, 'viewer' | 'now' | 'topic'>;

/** The text of a new topic may come along: a digest of 100,000 characters, as on the form of a new topic. */
const BODY_LIMIT = 1_300_000;

export async function sourcesRoutes(app: FastifyInstance): Promise<void> {
  app.get<TopicRequest>('/t/:id/sources', async (request, reply) => {
    const id = topicId(request.params.id);
    const { mergedIntoId } = await openTopic(app.db, request.viewer, id);
    return mergedIntoId === null
      ? show(request, reply, id, { form: emptyAddForm })
      : reply.redirect(paths.topicSources(mergedIntoId), 302);
  });

  app.post<TopicRequest>('/t/:id/sources', { bodyLimit: BODY_LIMIT }, async (request, reply) => {
    const asked = await openTopic(app.db, request.viewer, topicId(request.params.id));
    const id = asked.mergedIntoId ?? asked.id;
    const input = readAddForm(request.body);
    const { source, form, unchecked, paywall } = input;
    const signInHref = signInFor(request);
    if (signInHref !== undefined)
      return show(request, reply.code(422), id, { form: unchecked, paywall, signInHref });
    if (!source) return show(request, reply.code(422), id, { form, paywall });
    try {
      const order = { ...writerOf(request), ...source, topicId: id };
      const outcome = await app.db.transaction((tx) => addSourceToTopic(tx, order));
      return await answer(request, reply, id, input, outcome);
    } catch (error) {
      const watched = refusedForm(form, error);
      if (watched) return show(request, reply.code(422), id, { form: watched, paywall });
      return show(request, reply, id, { form, paywall, refusal: refusalOf(error, reply) });
    }
  });
}

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  id: TopicId,
  { form, paywall, hasText }: AddInput,
  result: AddOutcome,
) {
  switch (result.outcome) {
    case 'added':
      return hasText
        ? offerReply(request, reply, id, 'Your link is among the sources of this topic now.')
        : reply.redirect(`${paths.topicSources(id)}#${sourceAnchor(result.id)}`, 303);
    case 'here': {
      // Nothing is left to add; what was written about it can still be said.
      if (hasText)
        return offerReply(request, reply, id, 'The article is among the sources of this topic already.');
      const { id: sourceId, title, url } = result.source;
      return show(request, reply.code(409), id, {
        form,
        paywall,
        here: { id: sourceId, title: title ?? url },
      });
    }
    case 'elsewhere':
      return show(request, reply.code(409), id, { form, paywall, elsewhere: result.topic });
  }
}

async function show(request: FastifyRequest, reply: FastifyReply, id: TopicId, shown: Shown) {
  const { server, viewer } = request;
  const topic = await openStandingTopic(server.db, viewer, id);
  return reply.page('sources/list', sourcesPage({ ...shown, viewer, topic, now: server.clock.now() }));
}

function topicId(text: string): TopicId {
  return readId<TopicId>(text) ?? notFound();
}
