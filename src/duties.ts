// What a process of the forum does: answers requests, does background jobs, or both.
import Fastify, { type FastifyBaseLogger } from 'fastify';
import { NO_SCHEMAS, SERIALIZERS } from './app.ts';
import type { Config } from './config.ts';
import { setupToken } from './features/admin/index.ts';
import { openSite } from './features/site/index.ts';
import { messageOfRoot } from './lib/log-errors.ts';
import { Mailbox } from './lib/mailer.ts';
import type { OpenResources } from './resources.ts';
import { paths } from './web/paths.ts';
import type { SiteSource } from './web/site.ts';
import { startWeb } from './web.ts';

export interface Duties {
  readonly web: boolean;
  readonly jobs: boolean;
}

export interface OnDuty {
  /** For the person at the terminal: where the forum is, where its mails go, what it still needs. */
  readonly announcement: string;
  readonly log: FastifyBaseLogger;
  /** Answers and finishes what has begun, takes nothing new. */
  stop(): Promise<void>;
}

/** @throws when the port is taken, or the database cannot be read. */
export async function beginDuties(opened: OpenResources, duties: Duties): Promise<OnDuty> {
  const { services, direct } = opened;
  const web = duties.web ? await startWeb(services) : undefined;
  const { site, log } = web?.app ?? (await withoutWeb(opened));
  // What no page needs is loaded when pages are answered already.
  const worker = duties.jobs
    ? await (await import('./worker.ts')).startWorker(services, direct, { site, log })
    : undefined;
  return {
    announcement: announce(opened, site, duties),
    log,
    async stop() {
      await web?.stop();
      await worker?.stop();
    },
  };
}

/** What jobs take from the application, for a process that has none. */
async function withoutWeb({ services: { db, clock, logger } }: OpenResources) {
  // The framework's own logger: its lines look the same whoever writes them.
  const { log } = Fastify({
    logger: { ...logger, serializers: SERIALIZERS },
    schemaController: NO_SCHEMAS,
  });
  const site = await openSite(db, {
    clock,
    onTrouble: (error) =>
      log.warn({ because: messageOfRoot(error) }, 'could not load the settings anew; the old ones stay'),
  });
  return { site, log };
}

function announce({ services }: OpenResources, site: SiteSource, { web }: Duties): string {
  const { config, secret } = services;
  const { settings, needsSetup } = site.current();
  if (!web) return `\n${settings.name}: background jobs are done here.\n${whereMailsGo(services)}\n`;
  const setUp = `Nobody administers it yet. Set it up at ${config.siteUrl}${paths.setup({ token: setupToken(secret) })}\n`;
  return `\n${settings.name} is open at ${config.siteUrl}\n${whereMailsGo(services)}\n${needsSetup ? setUp : ''}`;
}

function whereMailsGo({ config, mailer }: OpenResources['services']): string {
  if (!(mailer instanceof Mailbox)) return sendingMails(config);
  if (config.webProcesses !== 1 || !config.jobs)
    return 'Mails are kept, not sent, by the process that does the jobs: only with WEB_CONCURRENCY=1 can they be read.';
  return `Mails are kept, not sent: ${config.siteUrl}${paths.devMails()}`;
}

function sendingMails({ smtpUrl, mailFrom }: Config): string {
  if (smtpUrl === undefined) return 'SMTP_URL is not set: mails are NOT SENT, see docs/operating.md.';
  return `Mails leave through ${new URL(smtpUrl).host}, from ${mailFrom}`;
}
