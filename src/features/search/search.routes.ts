// GET /search.
import type { FastifyInstance } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { pageStart } from '../../web/paging.ts';
import { lengthOf, readSearch, type Search } from './forms.ts';
import { highlight } from './highlights.ts';
import { searchPage, type SearchOutcome } from './pages.ts';
import { CURSOR_KIND, loadSense, searchPosts } from './queries.ts';

export async function searchRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { after?: unknown } }>(paths.search(), budget('search'), async (request, reply) => {
    const { sections } = app.site.current();
    const search = readSearch(request.query, sections);
    const outcome = await find(search, request.query.after);
    if (outcome.kind === 'long') reply.code(422);
    return reply.page('search/results', searchPage(search, sections, outcome));
  });

  async function find(search: Search, after: unknown): Promise<SearchOutcome> {
    const cursor = pageStart(after, (text) => decodeCursor(text, CURSOR_KIND[search.order]));
    const length = lengthOf(search.words);
    if (length !== 'fitting') return { kind: length };
    const sense = await loadSense(app.db, search.words);
    if (sense !== 'searchable') return { kind: sense };
    const { rows, next, total, capped } = await searchPosts(app.db, search, cursor);
    return {
      kind: 'found',
      posts: await highlight(app.db, search.words, rows),
      total,
      capped,
      continued: cursor !== undefined,
      next: next && encodeCursor(next),
    };
  }
}
