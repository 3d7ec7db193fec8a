// GET and POST /p/:id/withdraw: deleting an own post, and taking that back for a little while.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { mayUndoWithdraw, mayWithdrawPost } from '../../domain/policy/posts.ts';
import { isSelf } from '../../domain/viewer.ts';
import { formBody, readFlag } from '../../web/forms.ts';
import { memberOf } from '../../web/guards.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { undoWithdrawal, withdrawPost } from './commands/withdraw-post.ts';
import { withdrawPage } from './pages/own-post.ts';
import { findPost } from './queries/own-posts.ts';

interface WithdrawRequest {
  Params: { id: string };
}

export async function withdrawRoutes(app: FastifyInstance): Promise<void> {
  app.get<WithdrawRequest>('/p/:id/withdraw', async (request, reply) => {
    const { viewer, params } = request;
    const post =
      (await findPost(app.db, viewer, readPostId(params.id))) ?? notFound('There is no such post.');
    // To the author of a withdrawn post the page says until when it can be had back.
    if (!isSelf(viewer, post.authorId)) authorize(mayWithdrawPost(viewer, post));
    const mayUndo = mayUndoWithdraw(viewer, post, app.clock.now()).allowed;
    return reply.page('posts/withdraw', withdrawPage(post, mayUndo));
  });

  app.post<WithdrawRequest>('/p/:id/withdraw', async (request, reply) => {
    const postId = readPostId(request.params.id);
    const command = wantsUndo(request) ? undoWithdrawal : withdrawPost;
    const withdrawal = { viewer: memberOf(request), postId, now: app.clock.now() };
    await app.db.transaction((tx) => command(tx, withdrawal));
    return reply.redirect(command === undoWithdrawal ? paths.post(postId) : paths.postWithdraw(postId), 303);
  });
}

function wantsUndo(request: FastifyRequest): boolean {
  return readFlag(formBody(request.body), 'undo');
}

function readPostId(text: string): PostId {
  return readId<PostId>(text) ?? notFound();
}
