// GET and POST /submit: starting a topic.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { TopicId } from '../../domain/ids.ts';
import { mayPostDigest } from '../../domain/policy/topics.ts';
import { mayWrite } from '../../domain/policy/writing.ts';
import { cleanTitle } from '../../domain/post-text.ts';
import { formBody } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { refusalOf } from '../../web/refusals.ts';
import { authorize } from '../../web/problem.ts';
import { type Draft, findTopicDraft, orDraft } from '../drafts/index.ts';
import { composerDraft, openedDraft } from '../drafts/pages.ts';
import { listPopularTags } from '../tags/index.ts';
import { refusedForm } from '../watch/index.ts';
import { findObstacles, type Obstacles, topicsToShow } from './checks.ts';
import { postTopic } from './commands/post-topic.ts';
import { DIGEST_BODY_LIMIT, preview, signInFor, writerOf } from './composing.ts';
import { type Fetched, NOT_FETCHED, type TitleFetcher } from './fetching.ts';
import { readTopicForm, type TopicInput, type TypedTopic } from './forms.ts';
import { titleOf } from './pages/fetched.ts';
import { submitPage, type SubmitFacts } from './pages/submit.ts';
import { suggestTags } from './suggested-tags.ts';
import { renderPost, type WrittenBody } from './rendering.ts';

const TOPIC = { kind: 'topic' } as const;

/** So many tags are offered as examples beside the field. */
const TAGS_IN_USE = 5;

type Shown = Pick<SubmitFacts, 'form'> &
  Partial<
    Pick<SubmitFacts, 'previewHtml' | 'refusal' | 'signInHref' | 'fetchedTitle' | 'draft' | 'unsent'>
  > & {
    /** Those that kept the topic from being posted; they are looked for when there are none. */
    readonly obstacles?: Obstacles;
    readonly fetched?: Fetched;
  };

export async function submitRoutes(
  app: FastifyInstance,
  { titles }: { titles: TitleFetcher },
): Promise<void> {
  app.get(paths.submit(), async (request, reply) =>
    orDraft(request, reply, async (draft) => {
      authorize(mayWrite(request.viewer, app.clock.now()));
      return draft ? goOn(request, reply, draft) : begin(request, reply);
    }),
  );

  function goOn(request: FastifyRequest, reply: FastifyReply, draft: Draft) {
    const input = readTopicForm(draft.fields, app.site.current().sections);
    const opened = openedDraft(TOPIC, draft, paths.submit());
    return show(request, reply, input, { form: input.unchecked(), draft: opened });
  }

  async function begin(request: FastifyRequest, reply: FastifyReply) {
    // From /incoming, a section's page or a bookmark. Nothing else can be given: not what has been shown already.
    const { url, title, section } = formBody(request.query);
    const input = readTopicForm({ url, title, section }, app.site.current().sections);
    if (!input.address) {
      const unsent = await findTopicDraft(app.db, request.viewer);
      return show(request, reply, input, { form: input.unchecked(), unsent });
    }
    return showFetched(request, reply, input, await titles.find(input.address));
  }

  app.post(paths.submit(), { bodyLimit: DIGEST_BODY_LIMIT }, async (request, reply) => {
    const input = readTopicForm(request.body, app.site.current().sections);
    const { topic, kind, title, body } = input;
    const signInHref = signInFor(request);
    if (signInHref !== undefined) {
      return show(request, reply.code(422), input, { form: input.unchecked(), signInHref });
    }
    if (input.wantsFetch || input.wantsHeadline) return fetchTitle(request, reply, input);
    if (input.addedTag !== '') return show(request, reply, input, { form: input.unchecked() });
    if (input.wantsPreview) {
      const { previewHtml, fault } = await preview(app, body, { kind, title });
      const form = fault === undefined ? input.unchecked() : input.form({ body: fault });
      return show(request, reply.code(fault === undefined ? 200 : 422), input, { form, previewHtml });
    }
    if (!topic) return show(request, reply.code(422), input, { form: input.form() });
    const written = await renderPost(app, body, { kind, title });
    if (!written.ok) {
      return show(request, reply.code(422), input, { form: input.form({ body: written.reason }) });
    }
    try {
      const result = await post(request, input, topic, written.body);
      if (result.outcome === 'posted') return await reply.redirect(paths.topic(result.topic), 303);
      const { obstacles } = result;
      return await show(request, reply.code(409), input, { form: input.form(), obstacles });
    } catch (error) {
      const watched = refusedForm(input.form(), error);
      if (watched) return show(request, reply.code(422), input, { form: watched });
      return show(request, reply, input, { form: input.form(), refusal: refusalOf(error, reply) });
    }
  });

  /** "Fetch title", and "Use the publisher's headline": the form again, with what is known of the article. */
  async function fetchTitle(request: FastifyRequest, reply: FastifyReply, input: TopicInput) {
    const { address, addressFault, wantsFetch } = input;
    if (!address) {
      const form = input.unchecked({ faults: { url: addressFault } });
      return show(request, reply.code(422), input, { form });
    }
    try {
      authorize(mayWrite(request.viewer, app.clock.now()));
      const fetched = wantsFetch ? await titles.fetch(request, reply, address) : await titles.find(address);
      if (fetched.refusal !== '') reply.code(429);
      return await showFetched(request, reply, input, fetched);
    } catch (error) {
      return show(request, reply, input, { form: input.unchecked(), refusal: refusalOf(error, reply) });
    }
  }

  /** The headline takes the place of no title, and of one that was fetched; of one that somebody typed when they say so. */
  function showFetched(request: FastifyRequest, reply: FastifyReply, input: TopicInput, fetched: Fetched) {
    const { title, fetchedTitle, wantsHeadline } = input;
    const headline = titleOf(fetched.reading);
    const taken = headline !== '' && (wantsHeadline || title === '' || title === fetchedTitle);
    if (!taken) return show(request, reply, input, { form: input.unchecked(), fetched });
    const form = input.unchecked({ title: headline });
    return show(request, reply, input, { form, fetched, fetchedTitle: headline });
  }

  async function show(request: FastifyRequest, reply: FastifyReply, input: TopicInput, shown: Shown) {
    const { form, ...more } = shown;
    const { address, kind, formId, digest, fetchedTitle, modelWritten } = input;
    const now = app.clock.now();
    const title = cleanTitle(form.fields.title.value);
    const member = request.viewer.kind === 'member';
    const obstacles =
      shown.obstacles ?? (member ? await findObstacles(app.db, { kind, title, address }, now) : undefined);
    const fetched = shown.fetched ?? (member && address ? await titles.find(address) : NOT_FETCHED);
    const suggestedTags = member
      ? await suggestTags(app.db, { title, address, tags: form.fields.tags.value })
      : [];
    const named: readonly TopicId[] = obstacles ? topicsToShow(obstacles) : [];
    return reply.page(
      'topics/submit',
      submitPage({
        fetchedTitle,
        draft: composerDraft(TOPIC, input.draft),
        ...more,
        form,
        checks: {
          obstacles,
          fetched: { ...fetched, title, now },
          hasAddress: address !== null,
          stopped: shown.obstacles !== undefined,
        },
        suggestedTags,
        formId: formId ?? randomUUID(),
        modelWritten,
        seen: [...input.seen, ...named],
        digest,
        sections: app.site.current().sections,
        popularTags: await listPopularTags(app.db, TAGS_IN_USE),
        mayPostDigest: mayPostDigest(request.viewer, now).allowed,
      }),
    );
  }
}

function post(request: FastifyRequest, input: TopicInput, topic: TypedTopic, body: WrittenBody) {
  const { formId, draft, seen, modelWritten } = input;
  return request.server.db.transaction((tx) =>
    postTopic(tx, { ...topic, ...writerOf(request), body, modelWritten, formId, draft, seen }),
  );
}
