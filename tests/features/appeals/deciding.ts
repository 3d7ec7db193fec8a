// A decision that somebody appeals against, and whoever decides that.
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { appeals, queueItems } from '../../../src/db/schema/index.ts';
import type { ActionId } from '../../../src/domain/ids.ts';
import type { Member } from '../../../src/domain/viewer.ts';
import { decideAppeal } from '../../../src/features/appeals/index.ts';
import type { As } from '../../support/forum.ts';
import type { Make, MemberRow, PostRow } from '../../support/make.ts';
import { actionRows } from '../../support/moderation-rows.ts';

function viewerOf(row: MemberRow): Member {
  const { id, name, role, joinedAt, confirmedAt } = row;
  const free = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
  return { kind: 'member', id, name, role, joinedAt, confirmedAt, ...free, trust: 'member' };
}

/** A moderator hides a reply through the front door. @returns the number of the decision */
export async function hide(
  { app, as }: { app: FastifyInstance; as: As },
  reply: PostRow,
  by: MemberRow,
  extent?: 'branch',
): Promise<ActionId> {
  const page = await (await as.moderator(by)).visit(`/p/${reply.id}/hide`);
  await page.press('Hide', { canned: 'Spam or promotion', ...(extent && { extent }) });
  const hidden = (await actionRows(app.db)).filter(({ kind }) => kind === 'hide');
  return hidden.at(-1)?.id as ActionId;
}

/** A reply of somebody's that was hidden, and the people around it. */
export async function hiddenReply(fixtures: { app: FastifyInstance; as: As; make: Make }) {
  const { make } = fixtures;
  const author = await make.member({ name: 'old_iron' });
  const actor = await make.member({ name: 'tomas_r', role: 'moderator' });
  const topic = await make.topic({ title: 'Who runs agents with write access' });
  const reply = await make.reply({ topic, author, body: 'It runs on *my* own rack.' });
  const actionId = await hide(fixtures, reply, actor);
  return { author, actor, topic, reply, actionId, path: `/decisions/${actionId}` };
}

export async function itemOf({ db }: FastifyInstance, actionId: ActionId) {
  const [item] = await db.select().from(queueItems).where(eq(queueItems.appealedActionId, actionId));
  if (!item) throw new Error('there is no item of an appeal');
  return item;
}

export async function appealRow({ db }: FastifyInstance, actionId: ActionId) {
  const [row] = await db.select().from(appeals).where(eq(appeals.actionId, actionId));
  return row;
}

/** Decides the appeal against a decision as the queue does. */
export async function decide(
  app: FastifyInstance,
  actionId: ActionId,
  {
    by,
    decision,
    now,
    reason = 'I looked at it again.',
  }: {
    readonly by: MemberRow;
    readonly decision: 'uphold' | 'reverse';
    readonly now: Date;
    readonly reason?: string;
  },
): Promise<ActionId> {
  const item = await itemOf(app, actionId);
  return app.db.transaction((tx) =>
    decideAppeal(tx, {
      ...{ by: viewerOf(by), itemId: item.id, decision, now, seenVersion: item.version },
      reason: { rule: null, text: reason },
    }),
  );
}
