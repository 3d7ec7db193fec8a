// Orders the mails that go out at members' hours: each with a row of `mailings` in one transaction, so that two workers, or
// one that was stopped in between, order each once. Nobody's mail waits for the others': members are taken in batches.
import { and, eq, lt } from 'drizzle-orm';
import type { Database, Tx } from '../../db/connection.ts';
import { findNewestWeek, type WeekRow } from '../../db/newest-week.ts';
import { mailings } from '../../db/schema/index.ts';
import type { MemberId } from '../../domain/ids.ts';
import { MAILINGS_KEPT } from '../../domain/mail-times.ts';
import type { Mailing } from '../../domain/notices.ts';
import { visitor } from '../../domain/viewer.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { sendMail, sendMails } from '../mails/index.ts';
import { takeForMail } from '../notifications/index.ts';
import {
  type DueMember,
  listDueForNotices,
  listDueForWeek,
  listTimesForNotices,
  listTimesForWeek,
} from './due.ts';
import { listWeekTopics } from './queries/weeks.ts';

export const mailWeeks: JobHandler<'mail-weeks'> = async (db, _payload, now) => {
  const week = await findNewestWeek(db);
  const times = week ? await listTimesForWeek(db, week, now) : [];
  if (!week || times.length === 0) return;
  if ((await listWeekTopics(db, visitor, week.id)).length === 0) return;
  await inBatches(
    (after) => listDueForWeek(db, week, times, after),
    (batch) => orderWeek(db, week, batch, now),
  );
};

export const mailNotices: JobHandler<'mail-notices'> = async (db, _payload, now) => {
  for (const which of ['daily', 'weekly'] as const) {
    const times = await listTimesForNotices(db, which, now);
    if (times.length === 0) continue;
    await inBatches(
      (after) => listDueForNotices(db, which, times, after),
      async (batch) => {
        for (const member of batch) await orderNotices(db, which, member, now);
      },
    );
  }
};

export const sweepMailings: JobHandler<'sweep-mailings'> = async (db, _payload, now) => {
  await db.delete(mailings).where(lt(mailings.orderedAt, new Date(now.getTime() - MAILINGS_KEPT)));
};

async function inBatches(
  next: (after: MemberId) => Promise<readonly DueMember[]>,
  order: (batch: readonly DueMember[]) => Promise<void>,
): Promise<void> {
  let batch = await next(0 as MemberId);
  while (batch.length > 0) {
    await order(batch);
    batch = await next(batch.at(-1)?.id as MemberId);
  }
}

async function orderWeek(db: Database, week: WeekRow, batch: readonly DueMember[], now: Date): Promise<void> {
  await db.transaction(async (tx) => {
    const noted = await note(tx, 'week', batch, now);
    await sendMails(
      tx,
      noted.map((to) => ({ to, mail: 'week', weekId: week.id })),
    );
  });
}

/** The ids stand in the order of a job: of a flood, the newest. The others are in the inbox. */
const MOST_NOTICES = 1_000;

async function orderNotices(
  db: Database,
  which: 'daily' | 'weekly',
  member: DueMember,
  now: Date,
): Promise<void> {
  await db.transaction(async (tx) => {
    const [to] = await note(tx, which, [member], now);
    if (to === undefined) return;
    const taken = await takeForMail(tx, to, which, now);
    const notificationIds = taken
      .map(({ id }) => id)
      .sort((a, b) => b - a)
      .slice(0, MOST_NOTICES);
    if (notificationIds.length > 0) await sendMail(tx, { to, mail: 'gathered', which, notificationIds });
    else await unnote(tx, which, member);
  });
}

/** @returns who had no mail of that kind and day yet */
async function note(tx: Tx, kind: Mailing, batch: readonly DueMember[], now: Date): Promise<MemberId[]> {
  const rows = await tx
    .insert(mailings)
    .values(batch.map(({ id: memberId, day }) => ({ memberId, kind, day, orderedAt: now })))
    .onConflictDoNothing()
    .returning({ memberId: mailings.memberId });
  return rows.map(({ memberId }) => memberId);
}

/** What had waited is hidden, muted or read by now, so that there is no mail. */
async function unnote(tx: Tx, kind: Mailing, { id, day }: DueMember): Promise<void> {
  await tx
    .delete(mailings)
    .where(and(eq(mailings.memberId, id), eq(mailings.kind, kind), eq(mailings.day, day)));
}
