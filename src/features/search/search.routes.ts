// GET /search.
import type { FastifyInstance } from 'fastify';
import { type Database, sqlState } from '../../db/connection.ts';
import { paths } from '../../web/paths.ts';
import { budget } from '../../web/plugins/rate-budgets.ts';
import { find, type Circumstances } from './find.ts';
import { lengthOf, readSearch, type Search } from './forms.ts';
import { searchPage, type SearchOutcome } from './pages.ts';

/** https://www.postgresql.org/docs/15/errcodes-appendix.html: query_canceled. */
const TOOK_TOO_LONG = '57014';

const STATUS: Partial<Record<SearchOutcome['kind'], number>> = { long: 422, slow: 503 };

export async function searchRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: { after?: unknown } }>(paths.search(), budget('search'), async (request, reply) => {
    const { sections } = app.site.current();
    const search = readSearch(request.query, sections);
    const { viewer, query } = request;
    const outcome = await outcomeOf(request.reader, search, {
      ...{ viewer, sections, now: app.clock.now(), after: query.after },
    });
    return reply
      .code(STATUS[outcome.kind] ?? 200)
      .page('search/results', searchPage(search, sections, outcome));
  });

  async function outcomeOf(
    db: Database,
    search: Search,
    circumstances: Circumstances,
  ): Promise<SearchOutcome> {
    const length = lengthOf(search.words);
    if (length !== 'fitting') return { kind: length };
    try {
      return await db.transaction((tx) => find(tx, search, circumstances), { accessMode: 'read only' });
    } catch (error) {
      if (sqlState(error) === TOOK_TOO_LONG) return { kind: 'slow' };
      throw error;
    }
  }
}
