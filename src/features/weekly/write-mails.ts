// Writes the mails that were ordered, of what stands in the forum by now.
import { eq } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import { members, weeks } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import type { Member } from '../../domain/viewer.ts';
import type { MailWriter } from '../mails/index.ts';
import { loadForMail } from '../notifications/index.ts';
import { gatheredMail } from './pages/gathered-mail.ts';
import { weekMail } from './pages/week-mail.ts';
import { listWeekTopics } from './queries/weeks.ts';

/** The topics of a week, but for those that the member has muted. */
export const writeWeek: MailWriter<'week'> = async (db, { to, weekId }, facts, views) => {
  const reader = await findReader(db, to);
  const [week] = await db.select().from(weeks).where(eq(weeks.id, weekId));
  if (!reader?.wantsWeek || !week) return undefined;
  const topics = await listWeekTopics(db, reader.member, weekId);
  if (topics.length === 0) return undefined;
  const { headers, ...mail } = weekMail(facts, { to, week, topics });
  return { ...views.renderMail('week', mail), headers };
};

/** What the member was told and has not read: of what is hidden or muted by now, nothing. */
export const writeGathered: MailWriter<'gathered'> = async (db, order, facts, views) => {
  const { to, which, notificationIds } = order;
  const notices = await loadForMail(db, to, notificationIds);
  if (notices.length === 0) return undefined;
  const { headers, ...mail } = gatheredMail(facts, { to, which, notices });
  return { ...views.renderMail('gathered', mail), headers };
};

/** Whoever gets a mail, as one who may see what every member may: a mail lies where the forum's rules do not reach. */
async function findReader(
  db: Reader,
  id: MemberId,
): Promise<{ readonly member: Member; readonly wantsWeek: boolean } | undefined> {
  const { name, joinedAt, confirmedAt, weekByMailSince } = members;
  const [row] = await db
    .select({ name, joinedAt, confirmedAt, weekByMailSince })
    .from(members)
    .where(eq(members.id, id));
  if (!row) return undefined;
  const free = { silencedUntil: null, suspendedUntil: null, leavingAt: null };
  return {
    member: {
      ...{ kind: 'member', id, name: row.name, role: 'member', trust: 'member' },
      ...{ joinedAt: row.joinedAt, confirmedAt: row.confirmedAt, ...free },
    },
    wantsWeek: row.weekByMailSince !== null,
  };
}
