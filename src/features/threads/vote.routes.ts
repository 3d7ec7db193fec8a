// POST /p/:id/vote: upvoting a post, and taking it back.
import type { FastifyInstance } from 'fastify';
import { type PostId, readId } from '../../domain/ids.ts';
import { formBody, readText } from '../../web/forms.ts';
import { memberOf, wantsJson } from '../../web/guards.ts';
import { notFound, Problem } from '../../web/problem.ts';
import { wayBack } from '../../web/way-back.ts';
import { castVote, takeBackVote } from './commands/vote.ts';

const VOTES = { up: castVote, undo: takeBackVote } as const;

export async function voteRoutes(app: FastifyInstance): Promise<void> {
  app.post<{ Params: { id: string } }>('/p/:id/vote', async (request, reply) => {
    const postId = readId<PostId>(request.params.id) ?? notFound();
    const vote = readVote(request.body);
    const ballot = { viewer: memberOf(request), postId, now: app.clock.now() };
    const outcome = await VOTES[vote](app.db, ballot);
    if (wantsJson(request)) return reply.header('cache-control', 'no-store').send(outcome);
    return reply.redirect(wayBack(request, postId), 303);
  });
}

function readVote(body: unknown): keyof typeof VOTES {
  const vote = readText(formBody(body), 'vote');
  if (vote !== 'up' && vote !== 'undo')
    throw new Problem('unprocessable', 'A vote is either "up" or "undo".');
  return vote;
}
