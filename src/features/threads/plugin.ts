// Topics and posts: reading and writing them.
import type { FastifyInstance } from 'fastify';
import { requireMember } from '../../web/guards.ts';
import { requireMemberExceptToSend } from './composing.ts';
import { editRoutes } from './edit.routes.ts';
import { historyRoutes } from './history.routes.ts';
import { listRoutes } from './lists.routes.ts';
import { previewRoutes } from './preview.routes.ts';
import { replyRoutes } from './reply.routes.ts';
import { submitRoutes } from './submit.routes.ts';
import { topicRoutes } from './topic.routes.ts';
import { voteRoutes } from './vote.routes.ts';
import { withdrawRoutes } from './withdraw.routes.ts';

export async function threads(app: FastifyInstance): Promise<void> {
  await app.register(listRoutes);
  await app.register(topicRoutes);
  await app.register(historyRoutes);
  await app.register(async (composing) => {
    composing.addHook('onRequest', requireMemberExceptToSend);
    await composing.register(submitRoutes);
    await composing.register(replyRoutes);
    await composing.register(editRoutes);
  });
  await app.register(async (writing) => {
    writing.addHook('onRequest', requireMember);
    await writing.register(previewRoutes);
    await writing.register(withdrawRoutes);
    await writing.register(voteRoutes);
  });
}
