// Mail, for other features: ordered in the transaction of what caused it, written and sent by a job once that is committed.
import type { Tx } from '../../db/connection.ts';
import type { MailOrder } from '../../jobs/catalogue.ts';
import { enqueue } from '../../jobs/queue.ts';

export { deliver, type MailServices } from './deliver.ts';

/** Orders a mail to a member. It goes to the address they have when it is sent; to none, if they have none then. */
export async function sendMail(tx: Tx, order: MailOrder): Promise<void> {
  await enqueue(tx, 'send-mail', order);
}
