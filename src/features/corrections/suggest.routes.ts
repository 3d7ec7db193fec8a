// GET and POST /t/:id/suggest: a better title, or better tags, for a topic of somebody else's.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readId, type TopicId } from '../../domain/ids.ts';
import { changesAtOnce, mayOfferSuggestion } from '../../domain/policy/suggestions.ts';
import { formOf } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { refusalOf } from '../../web/refusals.ts';
import { cannedReasons, emptyReason, readReasonForm } from '../log/index.ts';
import { listOpenSuggestions, takeBackSuggestion } from '../suggestions/index.ts';
import { openStandingTopic, type TopicDetails, writerOf } from '../threads/index.ts';
import { refusedForm } from '../watch/index.ts';
import { suggestCorrection } from './commands/suggest-correction.ts';
import { type Present, readCorrectionForm } from './forms.ts';
import { type SuggestFacts, suggestPage } from './pages.ts';

interface TopicRequest {
  Params: { id: string };
}
type Shown = Pick<SuggestFacts, 'form' | 'opened' | 'reasonForm' | 'refusal'>;

export async function suggestRoutes(app: FastifyInstance): Promise<void> {
  app.get<TopicRequest>('/t/:id/suggest', async (request, reply) => {
    const topic = await open(request);
    const { viewer, limitsInForce, now } = writerOf(request);
    authorize(mayOfferSuggestion(viewer, 'title', { ...topic, limitsInForce }, now));
    const opened = presentOf(topic);
    return show(request, reply, topic, { form: formOf({ ...opened }), opened, reasonForm: emptyReason });
  });

  app.post<TopicRequest>('/t/:id/suggest', async (request, reply) => {
    const topic = await open(request);
    const { form, opened, corrections, takesBack } = readCorrectionForm(request.body, presentOf(topic));
    const writer = writerOf(request);
    const here = paths.topicSuggest(topic.id);
    if (takesBack) {
      const subject = { kind: takesBack, topicId: topic.id };
      const order = { subject, memberId: writer.viewer.id, now: writer.now };
      await app.db.transaction((tx) => takeBackSuggestion(tx, order));
      return reply.redirect(here, 303);
    }
    const decides = changesAtOnce(writer.viewer);
    const { form: reasonForm, reason } = decides
      ? readReasonForm(request.body, cannedReasons(app))
      : { form: emptyReason, reason: undefined };
    if (corrections.length === 0 || (decides && !reason))
      return show(request, reply.code(422), topic, { form, opened, reasonForm });
    try {
      const outcomes = await app.db.transaction(async (tx) => {
        const done: string[] = [];
        for (const correction of corrections)
          done.push(await suggestCorrection(tx, { ...writer, topicId: topic.id, correction, reason }));
        return done;
      });
      // Without the slug, which may be another one now.
      return await reply.redirect(outcomes.includes('noted') ? here : paths.topicById(topic.id), 303);
    } catch (error) {
      const watched = refusedForm(form, error);
      if (watched) return show(request, reply.code(422), topic, { form: watched, opened, reasonForm });
      const refusal = refusalOf(error, reply);
      return show(request, reply, topic, { form, opened, reasonForm, refusal });
    }
  });
}

async function open({ server, viewer, params }: FastifyRequest<TopicRequest>): Promise<TopicDetails> {
  return openStandingTopic(server.db, viewer, readId<TopicId>(params.id) ?? notFound());
}

function presentOf({ title, tags }: TopicDetails): Present {
  return { title, tags: tags.map(({ slug }) => slug).join(', ') };
}

async function show(request: FastifyRequest, reply: FastifyReply, topic: TopicDetails, shown: Shown) {
  const { viewer } = writerOf(request);
  const about = { topicId: topic.id, sourceId: null };
  const suggested = await listOpenSuggestions(request.server.db, about, viewer.id);
  return reply.page(
    'corrections/suggest',
    suggestPage({ ...shown, viewer, topic, open: suggested, reasons: cannedReasons(request.server) }),
  );
}
