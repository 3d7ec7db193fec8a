// Work for accounts outside of requests.
import { and, isNull, lt, lte } from 'drizzle-orm';
import {
  emailChanges,
  invitations,
  mailLinks,
  passkeyChallenges,
  sessions,
  signIns,
  totpFactors,
} from '../../db/schema/index.ts';
import { WINDOWS } from '../../domain/limits.ts';
import type { JobHandler } from '../../jobs/catalogue.ts';
import { dropParked } from '../../jobs/parked.ts';
import { sweepPageChanges } from '../../db/page-changes.ts';
import { sweepBudgets } from '../../web/budget-store.ts';
import { sweepBrowsers } from './browsers.ts';
import { sweepBars } from './commands/erase-member.ts';
import { sendResetLink } from './commands/recovery.ts';

/** Deletes what has expired; nothing reads it any more. */
export const sweepSessions: JobHandler<'sweep-sessions'> = async (db, _payload, now) => {
  await db.delete(sessions).where(lte(sessions.expiresAt, now));
  await sweepBudgets(db, now);
  await sweepPageChanges(db);
  await sweepBars(db, now);
  await sweepBrowsers(db, now);
  await dropParked(db, new Date(now.getTime() - WINDOWS.addressesKept));
  await db.delete(signIns).where(lte(signIns.at, new Date(now.getTime() - WINDOWS.session)));
  await db.delete(emailChanges).where(lte(emailChanges.expiresAt, now));
  await db.delete(mailLinks).where(lte(mailLinks.expiresAt, now));
  await db.delete(invitations).where(and(isNull(invitations.usedAt), lte(invitations.expiresAt, now)));
  const tooOld = new Date(now.getTime() - WINDOWS.passkeyChallenge);
  await db.delete(passkeyChallenges).where(lt(passkeyChallenges.createdAt, tooOld));
  const unfinished = new Date(now.getTime() - WINDOWS.twoStepSetUp);
  await db
    .delete(totpFactors)
    .where(and(isNull(totpFactors.confirmedAt), lt(totpFactors.createdAt, unfinished)));
};

/** Repeated, it finds the link that it made and sends no second one. */
export const sendResetLinkJob: JobHandler<'send-reset-link'> = async (db, { nameOrEmail }, now) => {
  await db.transaction((tx) => sendResetLink(tx, nameOrEmail, now));
};
