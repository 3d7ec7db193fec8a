// Mail, for other features: ordered in the transaction of what caused it, written and sent by a job once that is committed.
import type { Tx } from '../../db/connection.ts';
import type { MailOrder } from '../../jobs/catalogue.ts';
import { enqueue, enqueueAll } from '../../jobs/queue.ts';

export type { MailWriter } from './jobs.ts';
export { mailHeaders } from './headers.ts';
export { openUnsubscribeKey, type Unsubscribed, unsubscribeLink } from './unsubscribe.ts';
export { deliver, type MailServices } from './deliver.ts';

/** Orders a mail to a member. It goes to the address they have when it is sent; to none, if they have none then. */
export async function sendMail(tx: Tx, order: MailOrder): Promise<void> {
  await enqueue(tx, 'send-mail', order);
}

/** Orders many mails at once, as sendMail does. */
export async function sendMails(tx: Tx, orders: readonly MailOrder[]): Promise<void> {
  await enqueueAll(tx, 'send-mail', orders);
}
