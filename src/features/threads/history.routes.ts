// GET /p/:id/history: the earlier texts of a post and what changed between them, for whoever may read the present one.
import type { FastifyInstance } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { maySeeHistory } from '../../domain/policy/posts.ts';
import { isModerator, isSelf } from '../../domain/viewer.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { pageStart } from '../../web/paging.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { HISTORY_PAGE, historyPage } from './pages/own-post.ts';
import { findPost, listEarlierTexts } from './queries/own-posts.ts';

interface HistoryRequest {
  Params: { id: string };
  Querystring: { before?: unknown };
}

export async function historyRoutes(app: FastifyInstance): Promise<void> {
  // Comparing texts is work, and nobody reads histories quickly.
  app.get<HistoryRequest>('/p/:id/history', budget('search'), async ({ params, query, viewer }, reply) => {
    const id = readId<PostId>(params.id) ?? notFound();
    const post = (await findPost(app.db, viewer, id)) ?? notFound('There is no such post.');
    const verdict = maySeeHistory(viewer, post);
    if (!verdict.allowed) throw new Problem('gone', verdict.reason);
    const before = pageStart(query.before, readVersion);
    const earlier = await listEarlierTexts(app.db, id, {
      before,
      silent: isSelf(viewer, post.authorId) || isModerator(viewer),
      limit: HISTORY_PAGE + 1,
    });
    const facts = { post, earlier, withPresent: before === undefined, viewer, now: app.clock.now() };
    return reply.page('posts/history', historyPage(facts));
  });
}

function readVersion(text: unknown): number | undefined {
  return typeof text === 'string' && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
