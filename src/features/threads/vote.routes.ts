// POST /p/:id/vote: upvoting a post, and taking it back.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf, wantsJson } from '../../web/guards.ts';
import { paths, safeNext } from '../../web/paths.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { castVote, takeBackVote } from './commands/vote.ts';

const VOTES = { up: castVote, undo: takeBackVote } as const;

export async function voteRoutes(app: FastifyInstance): Promise<void> {
  app.post<{ Params: { id: string } }>('/p/:id/vote', async (request, reply) => {
    const postId = readId<PostId>(request.params.id) ?? notFound();
    const vote = readVote(request.body);
    const ballot = { viewer: memberOf(request), postId, now: app.clock.now() };
    const outcome = await app.db.transaction((tx) => VOTES[vote](tx, ballot));
    if (wantsJson(request)) return reply.header('cache-control', 'no-store').send(outcome);
    return reply.redirect(placeOfVote(request, postId), 303);
  });
}

function readVote(body: unknown): keyof typeof VOTES {
  const vote = readText(formBody(body), 'vote');
  if (vote !== 'up' && vote !== 'undo')
    throw new Problem('unprocessable', 'A vote is either "up" or "undo".');
  return vote;
}

/** Back to the page where the button was: a list or a topic, at the post where that has a place. */
function placeOfVote(request: FastifyRequest, id: PostId): string {
  const next = readText(formBody(request.body), 'next');
  if (next !== '') return safeNext(next);
  const from = URL.parse(request.headers.referer ?? '');
  if (from?.host !== request.host) return paths.post(id);
  return safeNext(`${from.pathname}${from.search}#${paths.postAnchor(id)}`);
}
