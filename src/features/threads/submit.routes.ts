// GET and POST /submit: starting a topic.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayPostDigest } from '../../domain/policy/topics.ts';
import { mayWrite } from '../../domain/policy/writing.ts';
import { paths } from '../../web/paths.ts';
import { refusalOf } from '../../web/refusals.ts';
import { authorize } from '../../web/problem.ts';
import { listPopularTags } from '../tags/index.ts';
import { postTopic, type TopicOutcome } from './commands/post-topic.ts';
import { DIGEST_BODY_LIMIT, preview, signInFor, writerOf } from './composing.ts';
import { emptyTopicForm, readTopicForm, type TopicInput, type TypedTopic } from './forms.ts';
import { submitPage, type SubmitFacts } from './pages/compose.ts';
import { renderPost, type WrittenBody } from './rendering.ts';

/** So many tags are offered as examples beside the field. */
const TAGS_IN_USE = 5;

export async function submitRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { section?: unknown } }>(paths.submit(), async (request, reply) => {
    authorize(mayWrite(request.viewer, app.clock.now()));
    const { section } = request.query;
    return show(request, reply, { form: emptyTopicForm(typeof section === 'string' ? section : '') });
  });

  app.post(paths.submit(), { bodyLimit: DIGEST_BODY_LIMIT }, async (request, reply) => {
    const input = readTopicForm(request.body, app.site.current().sections);
    const { topic, kind, title, body } = input;
    const signInHref = signInFor(request);
    if (signInHref !== undefined) {
      return show(request, reply.code(422), { form: input.unchecked, signInHref }, input);
    }
    if (input.wantsPreview) {
      const { previewHtml, fault } = await preview(app, body, { kind, title });
      const form = fault === undefined ? input.unchecked : input.form({ body: fault });
      return show(request, reply.code(fault === undefined ? 200 : 422), { form, previewHtml }, input);
    }
    if (!topic) return show(request, reply.code(422), { form: input.form() }, input);
    const written = await renderPost(app, body, { kind, title });
    if (!written.ok) {
      return show(request, reply.code(422), { form: input.form({ body: written.reason }) }, input);
    }
    try {
      const outcome = await post(request, input, topic, written.body);
      return await answer(request, reply, input, outcome);
    } catch (error) {
      return show(request, reply, { form: input.form(), refusal: refusalOf(error, reply) }, input);
    }
  });
}

function post(request: FastifyRequest, input: TopicInput, topic: TypedTopic, body: WrittenBody) {
  const { formId, seen } = input;
  return request.server.db.transaction((tx) =>
    postTopic(tx, { ...topic, ...writerOf(request), body, formId, seen }),
  );
}

function answer(request: FastifyRequest, reply: FastifyReply, input: TopicInput, result: TopicOutcome) {
  const form = input.form();
  switch (result.outcome) {
    case 'posted':
      return reply.redirect(paths.topic(result.topic), 303);
    case 'refused':
      return show(request, reply.code(409), { form, refused: result.earlier }, input);
    case 'warned':
      return show(request, reply.code(409), { form, warnings: result.warnings }, input);
  }
}

async function show(
  request: FastifyRequest,
  reply: FastifyReply,
  facts: Pick<SubmitFacts, 'form' | 'previewHtml' | 'refusal' | 'signInHref' | 'refused' | 'warnings'>,
  input?: TopicInput,
) {
  const { db, site, clock } = request.server;
  return reply.page(
    'topics/submit',
    submitPage({
      ...facts,
      formId: input?.formId ?? randomUUID(),
      seen: input?.seen ?? [],
      digest: input?.digest ?? false,
      sections: site.current().sections,
      popularTags: await listPopularTags(db, TAGS_IN_USE),
      mayPostDigest: mayPostDigest(request.viewer, clock.now()).allowed,
    }),
  );
}
