// What becomes of flags without anybody's doing: moderators are called to old ones, reporters are answered and forgotten.
import { and, asc, inArray, isNull, lt } from 'drizzle-orm';
import type { Database } from '../../db/connection.ts';
import { flags } from '../../db/schema/index.ts';
import type { FlagSubject } from '../../domain/flags.ts';
import { WINDOWS } from '../../domain/limits.ts';
import { REPORTS } from '../../domain/moderation-limits.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { Problem } from '../../web/problem.ts';
import { deliver, type MailServices } from '../mails/index.ts';
import { callModerators } from './call-moderators.ts';
import { lockSubject } from './lock-subject.ts';
import { reportDecidedMail, reportReceivedMail } from './pages/report-mails.ts';
import { undecided } from './queries/flags.ts';
import { decidedBefore, findReport } from './queries/reports.ts';

/** Nobody's flag waits longer than a day for moderators' eyes, whatever it weighs. */
export const openOverdueFlags: JobHandler<'open-overdue-flags'> = async (db, _payload, now) => {
  const before = new Date(now.getTime() - WINDOWS.unansweredFlag);
  for (const subject of await listOverdue(db, before)) {
    try {
      await db.transaction(async (tx) => {
        await lockSubject(tx, subject);
        await callModerators(tx, subject, now);
      });
    } catch (error) {
      // It is gone, or was carried to another topic just now: the next run finds it where it is.
      if (!(error instanceof Problem)) throw error;
    }
  }
};

async function listOverdue(db: Database, before: Date): Promise<FlagSubject[]> {
  const { postId, memberId, sourceId } = flags;
  const rows = await db
    .selectDistinct({ postId, memberId, sourceId })
    .from(flags)
    .where(and(undecided(), isNull(flags.queueItemId), lt(flags.flaggedAt, before)))
    .orderBy(asc(postId), asc(memberId), asc(sourceId));
  return rows.flatMap((row): FlagSubject[] => {
    if (row.postId !== null) return [{ postId: row.postId }];
    if (row.memberId !== null) return [{ memberId: row.memberId }];
    return row.sourceId === null ? [] : [{ sourceId: row.sourceId }];
  });
}

/** Answers somebody without an account who reported illegal content (Article 16, 4 and 5, of the Digital Services Act). */
export function reportAnswerer(services: MailServices): JobHandler<'answer-report'> {
  return async (db, { flagId, what }) => {
    const report = await findReport(db, flagId);
    if (!report?.email || report.postId === null) return;
    const { views, site, siteUrl, secret } = services;
    await deliver(services, report.email, { mail: `report-${what}`, flagId }, () => {
      const facts = { member: '', settings: site.current().settings, siteUrl, secret };
      return what === 'received'
        ? views.renderMail('report-received', reportReceivedMail(facts, report))
        : views.renderMail('report-decided', reportDecidedMail(facts, report));
    });
  };
}

/** Erases who reported what was decided long enough ago. What was reported, and why, stays with the decision. */
export const forgetReporters: JobHandler<'forget-reporters'> = async (db, _payload, now) => {
  const before = new Date(now.getTime() - REPORTS.reporterKept);
  await db
    .update(flags)
    // As of somebody who gave no name: that it was a report, and no member's flag, stays with the decision.
    .set({ reporterName: '', reporterEmail: null })
    .where(inArray(flags.id, decidedBefore(db, before)));
};
