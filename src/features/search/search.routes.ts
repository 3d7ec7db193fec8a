// GET /search.
import type { FastifyInstance } from 'fastify';
import { sqlState, type Tx } from '../../db/connection.ts';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import type { Viewer } from '../../domain/viewer.ts';
import { pageStart } from '../../web/paging.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { fieldFilters, lengthOf, type Order, readSearch, type Search } from './forms.ts';
import { highlight } from './highlights.ts';
import { searchPage, type SearchOutcome } from './pages.ts';
import { CURSOR_KIND, findPosts } from './queries/found.ts';
import { layFooting, type Sense } from './queries/footing.ts';
import { findNamesake } from './queries/namesakes.ts';
import { findCorrection } from './queries/spelling.ts';
import { understand, type Understood } from './understanding.ts';

/** Who finds more than this was understood: nothing else is offered. */
const FEW = 3;
/** https://www.postgresql.org/docs/15/errcodes-appendix.html: query_canceled. */
const TOOK_TOO_LONG = '57014';

const STATUS: Partial<Record<SearchOutcome['kind'], number>> = { long: 422, slow: 503 };

export async function searchRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { after?: unknown } }>(paths.search(), budget('search'), async (request, reply) => {
    const { sections } = app.site.current();
    const search = readSearch(request.query, sections);
    const outcome = await find(search, request.viewer, request.query.after);
    return reply
      .code(STATUS[outcome.kind] ?? 200)
      .page('search/results', searchPage(search, sections, outcome));
  });

  async function find(search: Search, viewer: Viewer, after: unknown): Promise<SearchOutcome> {
    const length = lengthOf(search.words);
    if (length !== 'fitting') return { kind: length };
    try {
      return await app.db.transaction((tx) => findIn(tx, search, viewer, after), { accessMode: 'read only' });
    } catch (error) {
      if (sqlState(error) === TOOK_TOO_LONG) return { kind: 'slow' };
      throw error;
    }
  }

  async function findIn(tx: Tx, search: Search, viewer: Viewer, after: unknown): Promise<SearchOutcome> {
    const { text, filters } = search.query;
    const footing = await layFooting(tx, text);
    const { sections } = app.site.current();
    const typed = await understand(tx, filters, sections);
    const fields = await understand(tx, fieldFilters(search), sections);
    const understood = { typed, fields };
    const { sense } = footing;
    if (typed.length === 0 && (sense === 'common' || sense === 'none')) return { kind: 'common', understood };
    const order = orderOf(search, sense, [...typed, ...fields]);
    const cursor = pageStart(after, (cut) => decodeCursor(cut, CURSOR_KIND[order]));
    const asked = {
      text: sense === 'words' || sense === 'left-out' ? text : [],
      filters: [...typed, ...fields],
      ...{ order, viewer, now: app.clock.now() },
    };
    const found = await findPosts(tx, asked, footing, cursor);
    const isFirst = cursor === undefined;
    return {
      kind: 'found',
      understood,
      order,
      posts: await highlight(tx, asked.text, found.rows),
      total: found.total,
      capped: found.capped,
      continued: !isFirst,
      next: found.next && encodeCursor(found.next),
      ranks: sense === 'words',
      ignored: sense === 'common',
      namesake: isFirst ? await findNamesake(tx, search.query) : undefined,
      correction:
        isFirst && found.rows.length <= FEW
          ? await findCorrection(tx, asked, footing, found.rows.length)
          : undefined,
    };
  }
}

/** Without words there is nothing to rank by, and outside of one topic no place to go by. */
function orderOf({ order }: Search, sense: Sense, filters: readonly Understood[]): Order {
  const isInside = filters.some(({ filter }) => filter.name === 'topic' && !filter.excluded);
  if (order === 'place') return isInside ? 'place' : sense === 'words' ? 'relevance' : 'new';
  return sense === 'words' ? order : 'new';
}
