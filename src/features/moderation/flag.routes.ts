// GET and POST /p/:id/flag: members report a post, or take their report back.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { mayFlagPost } from '../../domain/policy/posts.ts';
import { formBody, readFlag } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { flagPost, takeBackFlag } from './commands/flag-post.ts';
import { emptyFlag, readFlagForm } from './forms.ts';
import { flagPage } from './pages/flag.ts';
import { countFlagsToday, findOwnFlag } from './queries/flags.ts';
import { findPost, type PostShown } from './queries/subjects.ts';

interface PostRequest {
  Params: { id: string };
}

export async function flagRoutes(app: FastifyInstance): Promise<void> {
  app.get<PostRequest>('/p/:id/flag', async (request, reply) => {
    const post = await readPost(app, request);
    const own = await findOwnFlag(app.db, memberOf(request).id, post.id);
    if (!own) await mayFlag(app, request, post);
    return reply.page('moderation/flag', flagPage(post, emptyFlag, own));
  });

  app.post<PostRequest>('/p/:id/flag', async (request, reply) => {
    const post = await readPost(app, request);
    const order = { by: memberOf(request), postId: post.id, now: app.clock.now() };
    if (readFlag(formBody(request.body), 'undo')) {
      await app.db.transaction((tx) => takeBackFlag(tx, order));
      return reply.redirect(paths.post(post.id), 303);
    }
    const { form, flag } = readFlagForm(request.body);
    if (!flag) {
      return reply.code(422).page('moderation/flag', flagPage(post, form, undefined));
    }
    await app.db.transaction((tx) => flagPost(tx, { ...order, ...flag }));
    return reply.redirect(paths.post(post.id), 303);
  });
}

async function readPost(app: FastifyInstance, request: FastifyRequest<PostRequest>): Promise<PostShown> {
  const id = readId<PostId>(request.params.id) ?? notFound();
  return (await findPost(app.db, request.viewer, id)) ?? notFound('There is no such post.');
}

/** Says so before anything is typed when the flag would be refused. */
async function mayFlag(app: FastifyInstance, request: FastifyRequest, post: PostShown): Promise<void> {
  const now = app.clock.now();
  const flagsToday = await countFlagsToday(app.db, memberOf(request).id, now);
  authorize(mayFlagPost(request.viewer, { ...post, alreadyFlagged: false, flagsToday }, now));
}
