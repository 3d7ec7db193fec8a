// The background process: which feature does which job. A job of the catalogue without a line here does not compile.
import { readFileSync } from 'node:fs';
import type { FastifyBaseLogger } from 'fastify';
import type pg from 'pg';
import type { Services } from './app.ts';
import { userAgentOf } from './features/links/index.ts';
import { rekey } from './features/links/rekey.ts';
import { settleAppealJob } from './features/appeals/jobs.ts';
import { canonicalChecker, pageReader, pictureReader, sweepReadings } from './features/links/jobs.ts';
import { sweepDrafts } from './features/drafts/jobs.ts';
import { feedReader, type IncomingServices, readFeeds, sweepNewsJob } from './features/incoming/jobs.ts';
import { mailSender, type MailServices } from './features/mails/jobs.ts';
import { sendResetLinkJob, sweepSessions } from './features/members/jobs.ts';
import { forgetReporters, openOverdueFlags, reportAnswerer } from './features/flags/jobs.ts';
import { notifyOfAction, notifyOfMessage } from './features/notifications/decision-jobs.ts';
import { writeNotice } from './features/notifications/notice-mail.ts';
import { notifyOfPost } from './features/notifications/jobs.ts';
import {
  accountDeleter,
  dataExporter,
  type OwnDataServices,
  sweepExportsJob,
} from './features/own-data/jobs.ts';
import { openOverdueSuggestions, openUnresolvedLinks } from './features/queue/jobs.ts';
import { rebuildSearchWords } from './features/search/jobs.ts';
import { sweepTraces, traceNewcomerJob } from './features/sanctions/jobs.ts';
import { recordReading } from './features/threads/index.ts';
import { eraseWithdrawn, rerankSection, rerankTag } from './features/threads/jobs.ts';
import { rankVotedTopics } from './features/threads/rank-topics.ts';
import {
  closeWeek,
  mailNotices,
  mailWeeks,
  sweepMailings,
  writeGathered,
  writeWeek,
} from './features/weekly/jobs.ts';
import type { JobHandlers } from './jobs/catalogue.ts';
import { startJobs } from './jobs/runner.ts';
import { startSteadyWork, type SteadyWork } from './jobs/steady.ts';
import { createSafeFetch } from './lib/safe-fetch/index.ts';
import type { SiteSource } from './web/site.ts';

export interface RunningWorker {
  /** Lets running jobs finish, takes no more. */
  stop(): Promise<void>;
}

/** @param direct a pool that does not go through a transaction pooler: the job queue listens on it. */
export async function startWorker(
  { config, secret, db, clock, mailer, views }: Services,
  direct: pg.Pool,
  { site, log }: { readonly site: SiteSource; readonly log: FastifyBaseLogger },
): Promise<RunningWorker> {
  const { siteUrl } = config;
  const safeFetch = createSafeFetch({ userAgent: userAgentOf(readVersion(), siteUrl) });
  const handlers = jobHandlers({ safeFetch, mailer, views, site, siteUrl, secret, log });
  const jobs = await startJobs(direct, db, handlers, clock, log);
  const endSteadyWork = startSteadyWork(db, STEADY_WORK, log);
  return {
    async stop() {
      await endSteadyWork();
      await jobs.stop();
      await safeFetch.close();
    },
  };
}

function readVersion(): string {
  const file = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(file) as { readonly version: string }).version;
}

/** What goes on all the time beside them. */
export const STEADY_WORK: readonly SteadyWork[] = [
  // A topic's rank is rewritten at most once a second, however many vote for it.
  { name: 'rank-voted-topics', every: 1_000, run: rankVotedTopics },
];

/** The handlers, with what they need beside the database and the time. */
export function jobHandlers(services: MailServices & OwnDataServices & IncomingServices): JobHandlers {
  // Links stand below threads, who write events: their recording is handed down.
  const reading = { safeFetch: services.safeFetch, recordEvent: recordReading };
  return {
    'notify-of-post': notifyOfPost,
    'notify-of-action': notifyOfAction,
    'notify-of-message': notifyOfMessage,
    'settle-appeal': settleAppealJob,
    'rerank-section': rerankSection,
    'rerank-tag': rerankTag,
    'open-overdue-flags': openOverdueFlags,
    'answer-report': reportAnswerer(services),
    'forget-reporters': forgetReporters,
    'open-overdue-suggestions': openOverdueSuggestions,
    'open-unresolved-links': openUnresolvedLinks,
    'erase-withdrawn': eraseWithdrawn,
    rekey,
    'read-page': pageReader(reading),
    'check-canonical': canonicalChecker(reading),
    'read-picture': pictureReader(reading),
    'sweep-readings': sweepReadings,
    'sweep-drafts': sweepDrafts,
    'close-week': closeWeek,
    'mail-weeks': mailWeeks,
    'mail-notices': mailNotices,
    'sweep-mailings': sweepMailings,
    'send-mail': mailSender(services, { notice: writeNotice, week: writeWeek, gathered: writeGathered }),
    'send-reset-link': sendResetLinkJob,
    'export-data': dataExporter(services),
    'sweep-exports': sweepExportsJob,
    'delete-accounts': accountDeleter(services),
    'sweep-sessions': sweepSessions,
    'trace-newcomer': traceNewcomerJob,
    'sweep-traces': sweepTraces,
    'read-feeds': readFeeds,
    'read-feed': feedReader(services),
    'rebuild-search-words': rebuildSearchWords,
    'sweep-news': sweepNewsJob,
  };
}
