// Topics and posts: reading and writing them.
import type { FastifyInstance } from 'fastify';
import { requireMember } from '../../web/guards.ts';
import { checkRoutes } from './check.routes.ts';
import { chosenListRoutes } from './chosen-lists.routes.ts';
import { requireMemberExceptToSend } from './composing.ts';
import { editRoutes } from './edit.routes.ts';
import { type Patience, PATIENCE, titleFetcher } from './fetching.ts';
import { historyRoutes } from './history.routes.ts';
import { listRoutes } from './lists.routes.ts';
import { markReadRoutes } from './mark-read.routes.ts';
import { modelRoutes } from './model.routes.ts';
import { newsRoutes } from './news.routes.ts';
import { newTopicsRoutes } from './new-topics.routes.ts';
import { previewRoutes } from './preview.routes.ts';
import { replyRoutes } from './reply.routes.ts';
import { submitRoutes } from './submit.routes.ts';
import { topicRoutes } from './topic.routes.ts';
import { voteRoutes } from './vote.routes.ts';
import { withdrawRoutes } from './withdraw.routes.ts';

/** @param options.patience how the form of a new topic waits for a title. */
export async function threads(
  app: FastifyInstance,
  { patience = PATIENCE }: { readonly patience?: Patience | undefined } = {},
): Promise<void> {
  const titles = titleFetcher(app, patience);
  await app.register(listRoutes);
  await app.register(newsRoutes);
  await app.register(chosenListRoutes);
  await app.register(newTopicsRoutes);
  await app.register(topicRoutes);
  await app.register(historyRoutes);
  await app.register(async (composing) => {
    composing.addHook('onRequest', requireMemberExceptToSend);
    await composing.register(submitRoutes, { titles });
    await composing.register(replyRoutes);
    await composing.register(editRoutes);
  });
  await app.register(async (writing) => {
    writing.addHook('onRequest', requireMember);
    await writing.register(checkRoutes, { titles });
    await writing.register(previewRoutes);
    await writing.register(withdrawRoutes);
    await writing.register(modelRoutes);
    await writing.register(voteRoutes);
    await writing.register(markReadRoutes);
  });
}
