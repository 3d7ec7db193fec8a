// What waits to be gathered into a member's daily or weekly mail.
import { and, eq, isNull } from 'drizzle-orm';
import type { Tx } from '../../db/connection.ts';
import { notifications } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { MailTime } from '../../domain/notices.ts';
import { loadNotifications, type NotificationRow } from './rows.ts';

/**
 * Takes all that waits for a member's next mail of a kind, and notes that it is mailed: whoever orders the mail does so in
 * the same transaction, so that each is told once. Of what is read, hidden or muted meanwhile no mail tells any more.
 * @returns what the mail is to tell, the newest first
 */
export async function takeForMail(
  tx: Tx,
  memberId: MemberId,
  mail: Exclude<MailTime, 'at-once'>,
  now: Date,
): Promise<NotificationRow[]> {
  const waiting = and(
    eq(notifications.memberId, memberId),
    eq(notifications.mail, mail),
    isNull(notifications.mailedAt),
  );
  const taken = await tx
    .update(notifications)
    .set({ mailedAt: now })
    .where(waiting)
    .returning({ id: notifications.id });
  const rows = await loadNotifications(
    tx,
    memberId,
    taken.map(({ id }) => id),
  );
  return rows.filter(({ readAt }) => readAt === null);
}
