// Saying something inside a queue item: moderators among themselves or to the member whom it concerns, and that member's
// answer. It closes nothing and claims nothing.
import { sql } from 'drizzle-orm';
import type { Tx } from '../../../db/connection.ts';
import { queueMessages } from '../../../db/schema/index.ts';
import type { QueueItemId, QueueMessageId } from '../../../domain/ids.ts';
import { mayAnswer, mayTalk } from '../../../domain/policy/talks.ts';
import type { Member } from '../../../domain/viewer.ts';
import { enqueue } from '../../../jobs/queue.ts';
import { authorize, notFound } from '../../../web/problem.ts';
import { lockItem, raiseItem } from '../../queue-items/index.ts';
import { countMessagesToday, findTalkItem, isAddressed, listTalk, type TalkItem } from '../queries.ts';

export interface NewMessage {
  readonly by: Member;
  readonly itemId: QueueItemId;
  readonly body: string;
  readonly now: Date;
}

/** What a moderator says. @throws Problem when they may not. */
export async function writeAsModerator(
  tx: Tx,
  order: NewMessage & { readonly toMember: boolean },
): Promise<void> {
  const { by, itemId, toMember, now } = order;
  const item = await lockTalk(tx, itemId);
  authorize(mayTalk(by, item, toMember, now));
  const messageId = await insertMessage(tx, order, toMember);
  if (toMember && messageId !== undefined) await enqueue(tx, 'notify-of-message', { messageId });
}

/**
 * What the member answers. An open item is another one for that: whoever decides shall have read it.
 * @throws Problem when they may not
 */
export async function answer(tx: Tx, order: NewMessage): Promise<void> {
  const { by, itemId, now } = order;
  // Two answers in two items are counted one after the other. Not by the member's row, for which a decision waits that
  // holds the item.
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`answers of ${by.id}`}, 0))`);
  const item = await lockTalk(tx, itemId);
  const addressed = isAddressed(await listTalk(tx, [itemId]));
  const messagesToday = await countMessagesToday(tx, by.id, now);
  authorize(mayAnswer(by, { ...item, addressed, messagesToday }, now));
  const messageId = await insertMessage(tx, order, true);
  if (messageId !== undefined && item.closedAt === null) await raiseItem(tx, itemId);
}

async function lockTalk(tx: Tx, itemId: QueueItemId): Promise<TalkItem> {
  await lockItem(tx, itemId);
  return (await findTalkItem(tx, itemId)) ?? notFound('There is no such piece of work.');
}

/** @returns undefined when it is what the same person said last: a form that was sent twice */
async function insertMessage(
  tx: Tx,
  { by, itemId, body, now }: NewMessage,
  toMember: boolean,
): Promise<QueueMessageId | undefined> {
  const last = (await listTalk(tx, [itemId])).at(-1);
  if (last?.byId === by.id && last.body === body && last.toMember === toMember) return undefined;
  const [message] = await tx
    .insert(queueMessages)
    .values({ queueItemId: itemId, authorId: by.id, at: now, body, toMember })
    .returning({ id: queueMessages.id });
  if (!message) throw new Error('PostgreSQL returned no row for an insert.');
  return message.id;
}
