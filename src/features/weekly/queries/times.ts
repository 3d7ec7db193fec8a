// When a member's mails come, as they have chosen.
import { eq } from 'drizzle-orm';
import type { Reader } from '../../../db/connection.ts';
import { members } from '../../../db/schema/index.ts';
import type { MemberId } from '../../../domain/ids.ts';
import type { MailTimes } from '../../../domain/mail-times.ts';
import { notFound } from '../../../web/problem.ts';

export interface OwnTimes extends MailTimes {
  readonly weekByMailSince: Date | null;
  /** Whether there is an address that mails can go to. */
  readonly reachable: boolean;
}

export async function findTimes(db: Reader, memberId: MemberId): Promise<OwnTimes> {
  const { timeZone, mailHour, mailDay, weekByMailSince, email, confirmedAt } = members;
  const [row] = await db
    .select({ timeZone, mailHour, mailDay, weekByMailSince, email, confirmedAt })
    .from(members)
    .where(eq(members.id, memberId));
  if (!row) return notFound('There is no such account any more.');
  const { email: address, confirmedAt: confirmed, ...times } = row;
  return { ...times, reachable: address !== null && confirmed !== null };
}
