// GET and POST /t/:id/reply and /p/:id/reply: answering a topic, or one of its replies.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PostId, readId, type TopicId } from '../../domain/ids.ts';
import { mayReplyTo } from '../../domain/policy/replies.ts';
import { isSelf } from '../../domain/viewer.ts';
import { formBody } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { refusalOf } from '../../web/refusals.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { type Draft, findDraftAt, orDraft } from '../drafts/index.ts';
import { composerDraft, openedDraft } from '../drafts/pages.ts';
import { refusedForm } from '../watch/index.ts';
import { postReply } from './commands/post-reply.ts';
import { doFirstLinksWait, preview, signInFor, writerOf } from './composing.ts';
import { type ReplyForm, readReplyForm, replyForm } from './forms.ts';
import { placeOfReply, quoteOf, replyPage, type ReplyFacts } from './pages/compose.ts';
import { findPost } from './queries/own-posts.ts';
import { findOpeningPost, findReplyContext } from './queries/writing.ts';
import { renderPost } from './rendering.ts';

interface ReplyRequest {
  Params: { id: string };
  Querystring: { quote?: unknown; again?: unknown };
}

export async function replyRoutes(app: FastifyInstance): Promise<void> {
  app.get<ReplyRequest>('/t/:id/reply', async (request, reply) => {
    return orDraft(request, reply, async (draft) =>
      compose(request, reply, await openingPost(request.params.id), { quote: false, draft }),
    );
  });
  app.get<ReplyRequest>('/p/:id/reply', async (request, reply) => {
    const quote = request.query.quote !== undefined;
    return orDraft(request, reply, (draft) =>
      compose(request, reply, postId(request.params.id), { quote, draft }),
    );
  });
  app.post<ReplyRequest>('/t/:id/reply', async (request, reply) => {
    return send(request, reply, await openingPost(request.params.id));
  });
  app.post<ReplyRequest>('/p/:id/reply', async (request, reply) => {
    return send(request, reply, postId(request.params.id));
  });

  async function openingPost(text: string): Promise<PostId> {
    const id = readId<TopicId>(text) ?? notFound();
    return (await findOpeningPost(app.db, id)) ?? notFound('There is no such topic.');
  }

  async function compose(
    request: FastifyRequest,
    reply: FastifyReply,
    answeredId: PostId,
    { quote, draft: named }: { readonly quote: boolean; readonly draft: Draft | undefined },
  ) {
    const context = await findContext(request, answeredId);
    authorize(mayReplyTo(request.viewer, context, app.clock.now()));
    const place = placeOfReply(context);
    const kept = named ?? (await findDraftAt(app.db, request.viewer, place));
    const { body: typed, modelWritten } = readReplyForm(kept?.fields);
    const quoted = quote ? quoteOf(context.answered.bodyMd ?? '') : '';
    // A quote goes below what has been typed already.
    const text = [typed, ...(typed.includes(quoted.trim()) ? [] : [quoted])].join(typed === '' ? '' : '\n\n');
    const form = replyForm(kept || quote ? text : await refusedText(request));
    const draft = openedDraft(place, kept, request.url);
    const facts = { context, form, formId: randomUUID(), modelWritten, draft };
    return reply.page('posts/reply', replyPage({ ...facts, linksWait: doFirstLinksWait(request) }));
  }

  /** The text of an own post that was refused, to be written anew; '' when the address names none. */
  async function refusedText({ viewer, query }: FastifyRequest): Promise<string> {
    const id = readId<PostId>(formBody(query).again);
    const post = id && (await findPost(app.db, viewer, id));
    return post && isSelf(viewer, post.authorId) ? (post.bodyMd ?? '') : '';
  }

  async function send(request: FastifyRequest, reply: FastifyReply, answeredId: PostId) {
    const input = readReplyForm(request.body);
    const formId = input.formId ?? randomUUID();
    const { modelWritten } = input;
    const linksWait = doFirstLinksWait(request);
    const show = async (facts: Omit<ReplyFacts, 'context' | 'formId' | 'draft' | 'linksWait'>) => {
      const context = await findContext(request, answeredId);
      const draft = composerDraft(placeOfReply(context), input.draft);
      return reply.page(
        'posts/reply',
        replyPage({ ...facts, modelWritten, context, formId, draft, linksWait }),
      );
    };

    const signInHref = signInFor(request);
    if (signInHref !== undefined) {
      reply.code(422);
      return show({ form: input.carried ?? input.unchecked, signInHref });
    }
    if (input.carried) return carry(request, reply, answeredId, input.carried);
    if (input.wantsPreview) {
      const { previewHtml, fault } = await preview(app, input.body, { kind: 'reply' });
      reply.code(fault === undefined ? 200 : 422);
      return show({ form: fault === undefined ? input.unchecked : input.form(fault), previewHtml });
    }
    reply.code(422);
    if (!input.sound) return show({ form: input.form() });
    const written = await renderPost(app, input.body, { kind: 'reply' });
    if (!written.ok) return show({ form: input.form(written.reason) });
    try {
      const id = await app.db.transaction((tx) =>
        postReply(tx, {
          ...writerOf(request),
          ...{ answeredId, body: written.body, modelWritten, formId: input.formId, draft: input.draft },
        }),
      );
      return await reply.redirect(paths.post(id), 303);
    } catch (error) {
      const watched = refusedForm(input.form(), error);
      if (watched) return show({ form: watched });
      return show({ form: input.form(), refusal: refusalOf(error, reply) });
    }
  }

  /** A text from the form of a new topic, to be looked at before it is sent. Refused or not, it is not lost. */
  async function carry(request: FastifyRequest, reply: FastifyReply, answeredId: PostId, form: ReplyForm) {
    const context = await findContext(request, answeredId);
    // Not with the form of the topic, which may still be posted.
    const draft = composerDraft(placeOfReply(context));
    const facts = { context, form, formId: randomUUID(), draft, linksWait: doFirstLinksWait(request) };
    try {
      authorize(mayReplyTo(request.viewer, context, app.clock.now()));
    } catch (error) {
      return reply.page('posts/reply', replyPage({ ...facts, refusal: refusalOf(error, reply) }));
    }
    return reply.page('posts/reply', replyPage(facts));
  }

  async function findContext(request: FastifyRequest, answeredId: PostId) {
    return (await findReplyContext(app.db, request.viewer, answeredId)) ?? notFound('There is no such post.');
  }
}

function postId(text: string): PostId {
  return readId<PostId>(text) ?? notFound();
}
