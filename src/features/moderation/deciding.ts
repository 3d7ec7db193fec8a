// Doing what a moderator has decided, or showing the form again with the reason why not.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Tx } from '../../db/connection.ts';
import { refusalOf } from '../../web/refusals.ts';
import { type DecisionPage, refusedPage } from './pages/decision.ts';

export interface Deciding {
  readonly change: (tx: Tx) => Promise<unknown>;
  /** Where it leads once it is done. */
  readonly to: string;
  /** The page with what was typed, beside what is there now. */
  readonly again: () => Promise<DecisionPage>;
}

/** Does it, or shows why not: another moderator was faster, or it is not this one's to decide. */
export async function decide(
  app: FastifyInstance,
  reply: FastifyReply,
  { change, to, again }: Deciding,
): Promise<FastifyReply> {
  try {
    await app.db.transaction(change);
  } catch (error) {
    const refusal = refusalOf(error, reply);
    return reply.page('moderation/decision', refusedPage(await again(), refusal));
  }
  return reply.redirect(to, 303);
}
