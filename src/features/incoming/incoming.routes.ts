// GET /incoming.
import type { FastifyInstance } from 'fastify';
import { decodeCursor, encodeCursor } from '../../db/cursor.ts';
import { type NewsFeedId, readId } from '../../domain/ids.ts';
import { maySeeIncoming } from '../../domain/policy/incoming.ts';
import { pageStart } from '../../web/paging.ts';
import { paths } from '../../web/paths.ts';
import { authorize, notFound } from '../../web/problem.ts';
import { readingOf } from '../../web/viewer.ts';
import { incomingPage } from './pages.ts';
import { listFeedNames, listStories } from './queries.ts';

interface Query {
  readonly feed?: unknown;
  readonly show?: unknown;
  readonly after?: unknown;
}

export async function incomingRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: Query }>(paths.incoming(), async (request, reply) => {
    authorize(maySeeIncoming(request.viewer));
    const { query } = request;
    const wanted = query.feed === undefined ? undefined : (readId<NewsFeedId>(query.feed) ?? notFound());
    const feeds = await listFeedNames(app.db);
    const feed = feeds.find(({ id }) => id === wanted);
    if (wanted !== undefined && !feed) notFound('This feed is not read any more.');
    const undiscussed = query.show === 'new';
    const cursor = pageStart(query.after, (text) => decodeCursor(text, 'moment'));
    const filter = { feedId: feed?.id, undiscussed, limit: readingOf(request).pageSize };
    const { rows, next } = await listStories(app.db, request.viewer, filter, cursor, app.clock.now());
    const facts = {
      rows,
      next: next && encodeCursor(next),
      feeds,
      feed,
      undiscussed,
      isFirst: cursor === undefined,
      viewer: request.viewer,
    };
    return reply.page('incoming/list', incomingPage(facts));
  });
}
