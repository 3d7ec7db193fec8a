// GET and POST /p/:id/edit: an author sets right what they wrote.
import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DraftPlace } from '../../domain/drafts.ts';
import { type PostId, readId } from '../../domain/ids.ts';
import { mayEditPost } from '../../domain/policy/posts.ts';
import { mayEditAddress, mayEditTitle } from '../../domain/policy/topics.ts';
import { readTags } from '../../domain/tags.ts';
import { urlKey } from '../../domain/url-key.ts';
import { formBody, formOf } from '../../web/forms.ts';
import { paths } from '../../web/paths.ts';
import { refusalOf } from '../../web/refusals.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { findDraftAt, orDraft } from '../drafts/index.ts';
import { composerDraft, openedDraft } from '../drafts/pages.ts';
import { findAddress } from '../links/index.ts';
import { listTagsOfTopic } from '../tags/index.ts';
import { refusedForm } from '../watch/index.ts';
import { type EditOutcome, editPost } from './commands/edit-post.ts';
import { DIGEST_BODY_LIMIT, preview, signInFor, writerOf } from './composing.ts';
import { type EditInput, type EditScope, readEditForm, type TopicField } from './forms.ts';
import { editPage, type EditFacts } from './pages/own-post.ts';
import { findPost, type PostDetails } from './queries/own-posts.ts';
import { renderPost } from './rendering.ts';
import { suggestTags } from './suggested-tags.ts';

interface EditRequest {
  Params: { id: string };
}
/** The post as it stands, and what of it this viewer may change. */
interface Opened {
  readonly post: PostDetails;
  readonly scope: EditScope;
}
type Shown = Omit<EditFacts, 'post' | 'scope' | 'sections' | 'suggestedTags'>;

export async function editRoutes(app: FastifyInstance): Promise<void> {
  app.get<EditRequest>('/p/:id/edit', async (request, reply) =>
    orDraft(request, reply, async (named) => {
      const opened = await open(request, readPostId(request.params.id));
      const { post } = opened;
      authorize(mayEditPost(request.viewer, post, app.clock.now()));
      const place = placeOf(post);
      const kept = named ?? (await findDraftAt(app.db, request.viewer, place));
      const { version, modelWritten } = post;
      const draft = openedDraft(place, kept, paths.postEdit(post.id));
      const shown = { version, modelWritten, formId: randomUUID(), draft };
      if (!kept) return show(request, reply, opened, { ...shown, form: formOf(fieldsOf(opened)) });
      const input = readEditForm(kept.fields, opened.scope, app.site.current().sections);
      const { unchecked: form, seenVersion } = input;
      const saved = seenVersion === version ? {} : { saved: fieldsOf(opened) };
      return show(request, reply, opened, { ...shown, form, modelWritten: input.modelWritten, ...saved });
    }),
  );

  app.post<EditRequest>('/p/:id/edit', { bodyLimit: DIGEST_BODY_LIMIT }, async (request, reply) => {
    const opened = await open(request, readPostId(request.params.id));
    const { post, scope } = opened;
    const input = readEditForm(request.body, scope, app.site.current().sections);
    const { edit, title, modelWritten } = input;
    const sent = sentWith(post, input);
    const context = { kind: scope.kind, ...(post.isOpening && { title }) };
    const signInHref = signInFor(request);
    if (signInHref !== undefined) {
      reply.code(422);
      return show(request, reply, opened, { ...sent, form: input.unchecked, signInHref });
    }
    if (input.addedTag !== '') return show(request, reply, opened, { ...sent, form: input.unchecked });
    if (input.wantsPreview) {
      const { previewHtml, fault } = await preview(app, input.body, context);
      const form = fault === undefined ? input.unchecked : input.form({ body: fault });
      reply.code(fault === undefined ? 200 : 422);
      return show(request, reply, opened, { ...sent, form, previewHtml });
    }
    reply.code(422);
    if (!edit) return show(request, reply, opened, { ...sent, form: input.form() });
    const written = await renderPost(app, edit.body, context);
    if (!written.ok) {
      return show(request, reply, opened, { ...sent, form: input.form({ body: written.reason }) });
    }
    try {
      const { body } = written;
      const { seenVersion, formId, draft } = input;
      const order = { postId: post.id, seenVersion, body, modelWritten, formId, draft, topic: edit.topic };
      const result = await app.db.transaction((tx) => editPost(tx, { ...writerOf(request), ...order }));
      return await answer(request, reply, opened, input, result);
    } catch (error) {
      const watched = refusedForm(input.form(), error);
      if (watched) return show(request, reply, opened, { ...sent, form: watched });
      const refusal = refusalOf(error, reply);
      return show(request, reply, opened, { ...sent, form: input.form(), refusal });
    }
  });
}

function placeOf({ id: postId }: PostDetails): DraftPlace {
  return { kind: 'edit', postId };
}

/** What a form that comes back has besides its fields, as it was sent. */
function sentWith(post: PostDetails, { seenVersion: version, modelWritten, formId, draft }: EditInput) {
  return {
    ...{ version, modelWritten, formId: formId ?? randomUUID() },
    draft: composerDraft(placeOf(post), draft),
  };
}

function readPostId(text: string): PostId {
  return readId<PostId>(text) ?? notFound();
}

async function open(request: FastifyRequest, postId: PostId): Promise<Opened> {
  const { server, viewer } = request;
  const post = (await findPost(server.db, viewer, postId)) ?? notFound('There is no such post.');
  const scope = post.isOpening ? await topicScope(request, post) : { kind: 'reply' as const, topic: null };
  return { post, scope };
}

async function topicScope(
  { server, viewer, body }: FastifyRequest,
  { topic }: PostDetails,
): Promise<EditScope> {
  const now = server.clock.now();
  const [address, tags] = await Promise.all([
    findAddress(server.db, topic.id),
    listTagsOfTopic(server.db, topic.id),
  ]);
  return {
    kind: topic.kind,
    topic: {
      title: topic.title ?? '',
      sectionSlug: topic.sectionSlug,
      tags: readTags(tags.map(({ slug }) => slug).join(',')),
      url: address?.url ?? '',
      can:
        viewer.kind === 'visitor'
          ? // Logged out while writing: the fields that the form had. Whether they can be saved is asked of the member.
            { title: 'title' in formBody(body), address: 'url' in formBody(body) }
          : {
              title: mayEditTitle(viewer, topic, now).allowed,
              address: address !== undefined && mayEditAddress(viewer, topic, now).allowed,
            },
    },
  };
}

function fieldsOf({ post, scope: { topic } }: Opened): Record<TopicField, string> {
  return {
    url: topic?.url ?? '',
    title: topic?.title ?? '',
    section: topic?.sectionSlug ?? '',
    tags: topic?.tags.map(({ slug }) => slug).join(', ') ?? '',
    body: post.bodyMd ?? '',
  };
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  opened: Opened,
  input: EditInput,
  result: EditOutcome,
) {
  const form = input.form();
  const sent = sentWith(opened.post, input);
  switch (result.outcome) {
    case 'saved':
      return reply.redirect(paths.post(opened.post.id), 303);
    case 'refused':
      reply.code(409);
      return show(request, reply, opened, {
        ...{ ...sent, form, refused: result.earlier },
      });
    case 'stale': {
      reply.code(409);
      const present = await open(request, opened.post.id);
      // With the version that is there now: whoever saves again has seen it.
      return show(request, reply, present, {
        ...{ ...sent, form, version: present.post.version, saved: fieldsOf(present) },
      });
    }
  }
}

async function show(request: FastifyRequest, reply: FastifyReply, opened: Opened, shown: Shown) {
  const { db, site } = request.server;
  const { title, tags, url } = shown.form.fields;
  const address = urlKey(url.value);
  const typed = { title: title.value, address: address.ok ? address : null, tags: tags.value };
  const suggestedTags = opened.scope.topic ? await suggestTags(db, typed) : [];
  const { sections } = site.current();
  return reply.page('posts/edit', editPage({ ...shown, ...opened, sections, suggestedTags }));
}
