// Who is told of what moderators did and said, in the inbox and by mail, as each has
// chosen. Both jobs can run twice, and be killed at any
// moment: the mail is ordered in the transaction that tells, for those alone who had not been told before.
import { eq, sql } from 'drizzle-orm';
import { concernedByItem, listConcerned } from '../../db/concerned.ts';
import type { Tx } from '../../db/connection.ts';
import { actions, appeals, queueItems, queueMessages } from '../../db/schema/index.ts';
import { isMailed } from '../../domain/appeals.ts';
import type { ActionId, MemberId } from '../../domain/ids.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { sendMail, sendMails } from '../mails/index.ts';
import { notify } from './commands.ts';

/** Tells those whom an action concerns, but for whoever did it. */
export const notifyOfAction: JobHandler<'notify-of-action'> = async (db, { actionId }, now) => {
  const [action] = await db
    .select({ kind: actions.kind, actorId: actions.actorId })
    .from(actions)
    .where(eq(actions.id, actionId));
  if (!action) return;
  const { kind, actorId } = action;
  await db.transaction(async (tx) => {
    const appellantId = await findAppellant(tx, actionId);
    const concerned = (await listConcerned(tx, actionId)).filter(
      ({ memberId }) => memberId !== actorId && memberId !== appellantId,
    );
    const about = { kind: 'action', at: now, actorId, actionId } as const;
    const mailed = await notify(
      tx,
      concerned.map((each) => ({ ...each, ...about, neverMailed: !isMailed(kind) })),
    );
    await sendMails(
      tx,
      mailed.map(({ memberId: to }) => ({ to, mail: 'decision', actionId })),
    );
  });
};

/** Whoever won the appeal by which this was undone is told of that, and not of the undoing besides. */
async function findAppellant(tx: Tx, undoingId: ActionId): Promise<MemberId | undefined> {
  const [appeal] = await tx
    .select({ memberId: appeals.memberId })
    .from(actions)
    .innerJoin(appeals, eq(appeals.actionId, actions.id))
    .innerJoin(sql`${actions} as outcome`, sql`outcome.id = ${appeals.decisionId}`)
    .where(sql`${actions.undoneById} = ${undoingId} and outcome.id <> ${undoingId}`);
  return appeal?.memberId;
}

/** Tells the member whom a queue item concerns what a moderator has written to them in it. */
export const notifyOfMessage: JobHandler<'notify-of-message'> = async (db, { messageId }, now) => {
  const [message] = await db
    .select({
      authorId: queueMessages.authorId,
      toMember: queueMessages.toMember,
      concernedId: concernedByItem(),
    })
    .from(queueMessages)
    .innerJoin(queueItems, eq(queueItems.id, queueMessages.queueItemId))
    .where(eq(queueMessages.id, messageId));
  if (!message?.toMember) return;
  const { authorId: actorId, concernedId: memberId } = message;
  if (memberId === null || memberId === actorId) return;
  const about = { kind: 'message', at: now, actorId, topicId: null, postId: null, actionId: null } as const;
  await db.transaction(async (tx) => {
    const mailed = await notify(tx, [{ memberId, ...about, messageId }]);
    for (const { memberId: to } of mailed) await sendMail(tx, { to, mail: 'message', messageId });
  });
};
