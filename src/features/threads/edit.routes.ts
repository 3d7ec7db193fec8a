// GET and POST /p/:id/edit: an author sets right what they wrote.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { mayEditPost } from '../../domain/policy/posts.ts';
import { mayEditAddress, mayEditTitle } from '../../domain/policy/topics.ts';
import { readTags } from '../../domain/tags.ts';
import { formOf } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { findAddress } from '../links/index.ts';
import { listTagsOfTopic } from '../tags/index.ts';
import { editPost } from './commands/edit-post.ts';
import { DIGEST_BODY_LIMIT, limitsInForce, preview, refusalOf } from './composing.ts';
import { type EditInput, type EditScope, readEditForm } from './forms.ts';
import { editPage, type EditFacts } from './pages/own-post.ts';
import { findPost, type PostDetails } from './queries/own-posts.ts';
import { renderPost, type WrittenBody } from './rendering.ts';

interface EditRequest {
  Params: { id: string };
}
type Shown = Omit<EditFacts, 'post' | 'scope' | 'sections'>;

export async function editRoutes(app: FastifyInstance): Promise<void> {
  app.get<EditRequest>('/p/:id/edit', async (request, reply) => {
    const { post, scope } = await open(request, request.params.id);
    authorize(mayEditPost(request.viewer, post, app.clock.now()));
    const { topic } = scope;
    const form = formOf({
      url: topic?.url ?? '',
      title: topic?.title ?? '',
      section: topic?.sectionSlug ?? '',
      tags: topic?.tags.map(({ slug }) => slug).join(', ') ?? '',
      body: post.bodyMd ?? '',
    });
    return show(reply, post, scope, { form, version: post.version });
  });

  app.post<EditRequest>('/p/:id/edit', { bodyLimit: DIGEST_BODY_LIMIT }, async (request, reply) => {
    const { post, scope } = await open(request, request.params.id);
    const input = readEditForm(request.body, scope, app.site.current().sections);
    const { edit, title, seenVersion: version } = input;
    const context = { kind: scope.kind, ...(post.isOpening && { title }) };
    if (input.wantsPreview) {
      const { previewHtml, fault } = await preview(app, input.body, context);
      const form = fault === undefined ? input.unchecked : input.form({ body: fault });
      return show(reply.code(fault === undefined ? 200 : 422), post, scope, { form, version, previewHtml });
    }
    if (!edit) return show(reply.code(422), post, scope, { form: input.form(), version });
    const written = await renderPost(app, edit.body, context);
    if (!written.ok) {
      return show(reply.code(422), post, scope, { form: input.form({ body: written.reason }), version });
    }
    return save(request, reply, post, scope, { input, edit, body: written.body });
  });

  async function save(
    request: FastifyRequest,
    reply: FastifyReply,
    post: PostDetails,
    scope: EditScope,
    { input, edit, body }: { input: EditInput; edit: NonNullable<EditInput['edit']>; body: WrittenBody },
  ) {
    const form = input.form();
    const version = input.seenVersion;
    const context = { viewer: memberOf(request), limitsInForce: limitsInForce(app), now: app.clock.now() };
    try {
      const result = await app.db.transaction((tx) =>
        editPost(tx, { ...context, postId: post.id, seenVersion: version, body, topic: edit.topic }),
      );
      switch (result.outcome) {
        case 'saved':
          return await reply.redirect(paths.post(post.id), 303);
        case 'refused':
          return await show(reply.code(409), post, scope, { form, version, refused: result.earlier });
        case 'stale':
          // With the version that is there now: whoever saves again has seen it.
          return await show(reply.code(409), post, scope, { form, version: result.version, stale: result });
      }
    } catch (error) {
      return show(reply, post, scope, { form, version, refusal: refusalOf(error, reply) });
    }
  }

  async function open(request: FastifyRequest, id: string): Promise<{ post: PostDetails; scope: EditScope }> {
    const postId = readId<PostId>(id) ?? notFound();
    const post = (await findPost(app.db, request.viewer, postId)) ?? notFound('There is no such post.');
    return { post, scope: post.isOpening ? await topicScope(request, post) : { kind: 'reply', topic: null } };
  }

  async function topicScope({ viewer }: FastifyRequest, { topic }: PostDetails): Promise<EditScope> {
    const now = app.clock.now();
    const [address, tags] = await Promise.all([
      findAddress(app.db, topic.id),
      listTagsOfTopic(app.db, topic.id),
    ]);
    return {
      kind: topic.kind,
      topic: {
        title: topic.title,
        sectionSlug: topic.sectionSlug,
        tags: readTags(tags.map(({ slug }) => slug).join(',')),
        url: address?.url ?? '',
        can: {
          title: mayEditTitle(viewer, topic, now).allowed,
          address: address !== undefined && mayEditAddress(viewer, topic, now).allowed,
        },
      },
    };
  }

  async function show(reply: FastifyReply, post: PostDetails, scope: EditScope, shown: Shown) {
    return reply.page(
      'posts/edit',
      editPage({ ...shown, post, scope, sections: app.site.current().sections }),
    );
  }
}
