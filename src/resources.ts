// What a process that serves the forum holds open: pools, renderers, the way to the mail server.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import type { Services } from './app.ts';
import type { Config } from './config.ts';
import { type DatabaseAddresses, troubleOf } from './database.ts';
import { openConnection, openPool } from './db/connection.ts';
import { openReplica } from './db/replica.ts';
import { systemClock } from './lib/clock.ts';
import { gatheredLines } from './lib/gathered-lines.ts';
import { logLines } from './lib/log-lines.ts';
import { Mailbox, type Mailer, smtpMailer } from './lib/mailer.ts';
import { startMarkdownRenderer } from './lib/markdown/index.ts';
import { createPasswords } from './lib/passwords.ts';
import { openViews } from './web/views.ts';

export interface OpenResources {
  readonly services: Services;
  /** Past any transaction pooler. */
  readonly direct: pg.Pool;
  close(): Promise<void>;
}

export interface ResourceOptions {
  readonly config: Config;
  readonly database: DatabaseAddresses;
  readonly say: (text: string) => void;
  /** What the log calls this process, where there are several. */
  readonly processName?: string | undefined;
}

export function openResources({ config, database, say, processName }: ResourceOptions): OpenResources {
  const onTrouble = troubleOf(say);
  const connection = openConnection(database.url, {
    max: config.poolSize,
    onTrouble,
    // Who gives an address past a pooler has one between.
    behindPooler: config.databaseDirectUrl !== undefined,
  });
  // Behind a transaction pooler, the job queue needs connections of its own.
  const direct = config.databaseDirectUrl
    ? openPool(config.databaseDirectUrl, { max: 4, onTrouble })
    : connection.pool;
  const replica =
    config.databaseReadUrl === undefined
      ? undefined
      : openReplica(config.databaseReadUrl, connection, {
          max: config.poolSize,
          onTrouble,
          say,
          patience: 1_000,
        });
  const services: Services = {
    config,
    secret: config.secret ?? keptSecret(config.dataDir),
    db: connection.db,
    pool: connection.pool,
    replica,
    clock: systemClock,
    markdown: startMarkdownRenderer(),
    passwords: createPasswords(),
    mailer: openMailer(config),
    views: openViews(),
    pageChanges: { connection, directUrl: database.directUrl },
    logger: {
      level: config.logLevel,
      ...(processName !== undefined && {
        base: { pid: process.pid, hostname: hostname(), process: processName },
      }),
      stream: config.production ? gatheredLines(process.stdout) : logLines(process.stdout),
    },
  };
  return {
    services,
    direct,
    async close() {
      await services.markdown.close();
      await replica?.close();
      if (direct !== connection.pool) await direct.end();
      await connection.close();
    },
  };
}

/** Undefined in production without SMTP_URL: mails are dropped, each with a warning. */
function openMailer({ smtpUrl, mailFrom, production }: Config): Mailer | undefined {
  if (smtpUrl !== undefined) return smtpMailer(smtpUrl, mailFrom);
  return production ? undefined : new Mailbox(systemClock);
}

/**
 * Without SECRET (development): one of our own, kept so that sessions outlive a restart. It is written beside and then
 * linked to its name: there as a whole or not at all, and the same for servers that start at the same moment.
 */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  if (!existsSync(file)) {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    const draft = `${file}.${randomUUID()}`;
    writeFileSync(draft, randomBytes(32).toString('hex'), { mode: 0o600 });
    try {
      linkSync(draft, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft);
    }
  }
  return readFileSync(file, 'utf8');
}
