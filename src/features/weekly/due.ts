// Whose hour has come: by the zones, hours and days that members have, of which there are few, and then member by member.
import { and, asc, eq, exists, gt, isNotNull, isNull, lt, notExists, type SQL, sql } from 'drizzle-orm';
import type { Reader } from '../../db/connection.ts';
import type { WeekRow } from '../../db/newest-week.ts';
import { mailings, members, notifications } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { endOfWeek, WEEK } from '../../domain/iso-weeks.ts';
import { type DueMail, dueMail, type MailTimes } from '../../domain/mail-times.ts';

/** Times that members have chosen, at which a mail is due now. */
type DueTimes = MailTimes & DueMail;

export interface DueMember {
  readonly id: MemberId;
  /** Under which day the mail goes into `mailings`. */
  readonly day: string;
}

/** So many members are held in memory, and so many mails of the week ordered in one transaction. */
const BATCH = 200;

/** Mail goes to confirmed addresses alone. */
const REACHABLE = and(isNotNull(members.email), isNotNull(members.confirmedAt));

/** Times of members who want a week by mail, at which that is due now. */
export async function listTimesForWeek(db: Reader, week: WeekRow, now: Date): Promise<DueTimes[]> {
  const end = endOfWeek(week.startsAt).getTime();
  const times = await listTimes(db, isNotNull(members.weekByMailSince), 'week', now);
  // East of Greenwich Monday begins before the week has ended: early on that day, the mail is of the week before.
  return times.filter(({ at }) => at.getTime() >= end && at.getTime() < end + WEEK);
}

/** The next members who are to get a week now: a batch, in the order of the members. */
export async function listDueForWeek(
  db: Reader,
  week: WeekRow,
  times: readonly DueTimes[],
  after: MemberId,
): Promise<DueMember[]> {
  // Whatever their day: a week is mailed once, also to those who choose another day meanwhile.
  const day = week.startsAt.toISOString().slice(0, 10);
  const mailed = db
    .select({ kind: mailings.kind })
    .from(mailings)
    .where(and(eq(mailings.memberId, members.id), eq(mailings.kind, 'week'), eq(mailings.day, day)));
  // Asked for while it lasted, or before. The index holds those who asked.
  const asked = and(
    isNotNull(members.weekByMailSince),
    lt(members.weekByMailSince, endOfWeek(week.startsAt)),
  );
  return nextMembers(db, times, {
    after,
    day: sql<string>`${day}::text`,
    wanted: and(asked, notExists(mailed)),
  });
}

/** Times of members who are to be told something once a day or a week, at which that is due now. */
export async function listTimesForNotices(
  db: Reader,
  which: 'daily' | 'weekly',
  now: Date,
): Promise<DueTimes[]> {
  const waiting = db.select({ id: notifications.id }).from(notifications).where(isWaiting(which));
  return listTimes(db, exists(waiting), which === 'daily' ? 'day' : 'week', now);
}

/** The next members for whom something waited when their hour came: a batch, in the order of the members. */
export async function listDueForNotices(
  db: Reader,
  which: 'daily' | 'weekly',
  times: readonly DueTimes[],
  after: MemberId,
): Promise<DueMember[]> {
  const day = sql<string>`due.day`;
  // What is written after the hour waits for the next one, so that mails come at their hour and not whenever.
  const waiting = db
    .select({ id: notifications.id })
    .from(notifications)
    .where(and(isWaiting(which), lt(notifications.at, sql`due.at`)));
  const mailed = db
    .select({ kind: mailings.kind })
    .from(mailings)
    .where(
      and(eq(mailings.memberId, members.id), eq(mailings.kind, which), eq(mailings.day, sql`due.day::date`)),
    );
  return nextMembers(db, times, { after, day, wanted: and(exists(waiting), notExists(mailed)) });
}

/** Wants `members` around it. */
function isWaiting(which: 'daily' | 'weekly'): SQL | undefined {
  return and(
    eq(notifications.memberId, members.id),
    eq(notifications.mail, which),
    isNull(notifications.mailedAt),
  );
}

async function listTimes(db: Reader, wanted: SQL, every: 'day' | 'week', now: Date): Promise<DueTimes[]> {
  const { timeZone, mailHour, mailDay } = members;
  const all = await db.selectDistinct({ timeZone, mailHour, mailDay }).from(members).where(wanted);
  return all.flatMap((times) => {
    const due = dueMail(times, every, now);
    return due ? [{ ...times, ...due }] : [];
  });
}

async function nextMembers(
  db: Reader,
  times: readonly DueTimes[],
  { after, day, wanted }: { after: MemberId; day: SQL<string>; wanted: SQL | undefined },
): Promise<DueMember[]> {
  const due = sql`json_to_recordset(${JSON.stringify(times)}::json)
    as due("timeZone" text, "mailHour" int, "mailDay" int, day text, at timestamptz)`;
  const { timeZone, mailHour, mailDay } = members;
  const theirs = sql`(${timeZone}, ${mailHour}, ${mailDay}) = (due."timeZone", due."mailHour", due."mailDay")`;
  return db
    .select({ id: members.id, day })
    .from(members)
    .innerJoin(due, theirs)
    .where(and(gt(members.id, after), REACHABLE, wanted))
    .orderBy(asc(members.id))
    .limit(BATCH);
}
