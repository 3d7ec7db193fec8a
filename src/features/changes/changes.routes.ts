// GET /t/:id/changes, for everyone who can open the topic, and GET /changes, over the topics of a member.
import type { FastifyInstance } from 'fastify';
import { type EventId, readId, type TopicId } from '../../domain/ids.ts';
import { memberOf, requireMember } from '../../web/guards.ts';
import { pageStart } from '../../web/paging.ts';
import { paths } from '../../web/paths.ts';
import { notFound } from '../../web/problem.ts';
import { openStandingTopic } from '../threads/index.ts';
import { changesPage, topicChangesPage } from './pages.ts';
import { listChangesOf, listFollowedChanges } from './queries.ts';

interface ChangesQuery {
  readonly before?: unknown;
}

export async function changesRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { id: string }; Querystring: ChangesQuery }>('/t/:id/changes', async (request, reply) => {
    const id = readId<TopicId>(request.params.id) ?? notFound();
    request.aboutTopic = id;
    const before = pageStart(request.query.before, readId<EventId>);
    const topic = await openStandingTopic(request.reader, request.viewer, id);
    const list = await listChangesOf(request.reader, id, before);
    return reply.page('changes/list', topicChangesPage(topic, list, before !== undefined));
  });

  app.get<{ Querystring: ChangesQuery }>(
    paths.changes(),
    { onRequest: requireMember },
    async (request, reply) => {
      const before = pageStart(request.query.before, readId<EventId>);
      const list = await listFollowedChanges(request.reader, memberOf(request), before);
      return reply.page('changes/list', changesPage(list, before !== undefined));
    },
  );
}
