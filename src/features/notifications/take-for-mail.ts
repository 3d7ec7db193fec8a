// What waits to be gathered into a member's daily or weekly mail.
import { and, eq, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/connection.ts';
import { notifications } from '../../db/schema/index.ts';
import type { MemberId, NotificationId } from '../../domain/ids.ts';
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
  return loadForMail(
    tx,
    memberId,
    taken.map(({ id }) => id),
  );
}

/** What a mail tells of these notifications of a member, the newest first: nothing of what is read, hidden or muted by now. */
export async function loadForMail(
  db: Reader,
  memberId: MemberId,
  ids: readonly NotificationId[],
): Promise<NotificationRow[]> {
  const rows = await loadNotifications(db, memberId, ids);
  return rows.filter(({ readAt }) => readAt === null);
}
