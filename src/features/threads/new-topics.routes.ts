// GET /new/topics: asked by open lists how many topics have come in since. What is unchanged costs a 304.
import type { FastifyInstance } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { LISTS } from '../../domain/lists.ts';
import { readSiteHost } from '../../domain/site-host.ts';
import { SECOND } from '../../domain/times.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { type ListQuery, readNarrowing } from './list-query.ts';
import { countedUpTo } from './pages/list-side.ts';
import { findTagIds } from './queries/filter-tags.ts';
import { countNewTopics } from './queries/new-topics.ts';
import { tagsOf } from './show-list.ts';

interface Asked extends ListQuery {
  readonly since?: unknown;
  readonly section?: unknown;
  readonly site?: unknown;
}

export async function newTopicsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Querystring: Asked }>(paths.newTopics(), async ({ viewer, query, signedIn }, reply) => {
    const since = readId<PostId>(query.since) ?? notFound('There is no such post.');
    const section =
      query.section === undefined
        ? undefined
        : (app.site.current().sections.find(({ slug }) => slug === query.section) ??
          notFound('There is no such section.'));
    const host = typeof query.site === 'string' ? readSiteHost(query.site) : undefined;
    const narrowing = readNarrowing(query, 'new');
    const known = await findTagIds(
      app.db,
      narrowing.tags.map(({ slug }) => slug),
    );
    const filter = {
      ...{ list: 'new' as const, ...tagsOf(narrowing, known) },
      ...(section && { sectionId: section.id }),
      ...(host !== undefined && { host }),
    };
    const count = await countNewTopics(app.db, viewer, filter, since, app.clock.now());
    const kept = signedIn ? 'private, no-cache' : `public, max-age=${LISTS.newTopicsKept / SECOND}`;
    const text = count === 0 ? '' : `${countedUpTo(count)} new ${count === 1 ? 'topic' : 'topics'}`;
    return reply.header('cache-control', kept).header('vary', 'cookie').send({ text });
  });
}
