// GET /t/:id/new and GET /new/since: what open pages and the browsers of visitors ask for. Small answers that change
// seldom: asking again costs a 304 (web floor's ETag), and those for visitors may be shared.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type PostId, readId, type TopicId } from '../../domain/ids.ts';
import { notFound } from '../../web/problem.ts';
import { countSince, countSinceMarks, type TopicMark } from './queries/news.ts';

/** As long as an open page waits between two questions, halved: nobody hears of a reply much later for it. */
const SHARED_SECONDS = 15;
/** A page of a list has no more rows. */
const MOST_MARKS = 60;

export async function newsRoutes(app: FastifyInstance): Promise<void> {
  app.get<{ Params: { id: string }; Querystring: { since?: unknown } }>(
    '/t/:id/new',
    async (request, reply) => {
      const id = readId<TopicId>(request.params.id) ?? notFound();
      const since = readId<PostId>(String(request.query.since)) ?? notFound();
      const count = (await countSince(app.db, request.viewer, id, since)) ?? notFound();
      return answer(request, reply, { count });
    },
  );

  app.get<{ Querystring: { seen?: unknown } }>('/new/since', async (request, reply) => {
    const counts = await countSinceMarks(app.db, readMarks(request.query.seen));
    return answer(request, reply, Object.fromEntries(counts));
  });
}

function answer(request: FastifyRequest, reply: FastifyReply, value: object): FastifyReply {
  const control = request.signedIn ? 'private, no-cache' : `public, max-age=${SHARED_SECONDS}`;
  return reply.header('cache-control', control).header('vary', 'cookie').send(value);
}

/** "12.345,13.400": topic and newest post seen. It comes from a browser's store: what cannot be read is left out. */
function readMarks(text: unknown): TopicMark[] {
  if (typeof text !== 'string') return [];
  const marks = new Map<TopicId, PostId>();
  for (const pair of text.split(',', MOST_MARKS)) {
    const [topic, post, ...rest] = pair.split('.', 3);
    const topicId = readId<TopicId>(topic ?? '');
    const seen = readId<PostId>(post ?? '');
    if (topicId !== undefined && seen !== undefined && rest.length === 0) marks.set(topicId, seen);
  }
  return [...marks].map(([topicId, seen]) => ({ topicId, seen }));
}
