// The process that is started: database, migrations, first run, web. `npm start` needs nothing else on the machine.
import { randomBytes, randomUUID } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import type { Services } from './app.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { openDatabase, prepareDatabase, troubleOf } from './database.ts';
import { openConnection, openPool } from './db/connection.ts';
import { setupToken } from './features/admin/index.ts';
import { systemClock } from './lib/clock.ts';
import { logLines } from './lib/log-lines.ts';
import { Mailbox, type Mailer, smtpMailer } from './lib/mailer.ts';
import { startMarkdownRenderer } from './lib/markdown/index.ts';
import { createPasswords } from './lib/passwords.ts';
import { paths } from './web/paths.ts';
import { openViews } from './web/views.ts';
import { startWeb } from './web.ts';

const say = (text: string): void => {
  process.stdout.write(`${text}\n`);
};

const onTrouble = troubleOf(say);

async function start(): Promise<void> {
  const config = readConfig(process.env);
  if (config.production && !config.databaseUrl) {
    say(
      'DATABASE_URL is not set: the forum runs on its embedded PostgreSQL. That is for trying and for small forums; see docs/operating.md.',
    );
  }
  const database = await openDatabase(config, say);
  await prepareDatabase(database, say);
  const connection = openConnection(database.url, {
    max: 10,
    onTrouble,
    // Who gives an address past a pooler has one between.
    behindPooler: config.databaseDirectUrl !== undefined,
  });
  const services: Services = {
    config,
    secret: config.secret ?? keptSecret(config.dataDir),
    db: connection.db,
    pool: connection.pool,
    clock: systemClock,
    markdown: startMarkdownRenderer(),
    passwords: createPasswords(),
    mailer: openMailer(config),
    views: openViews(),
    logger: config.production
      ? { level: config.logLevel }
      : { level: config.logLevel, stream: logLines(process.stdout) },
  };
  if (!config.production) await loadDemonstration(services);
  // Behind a transaction pooler, the job queue needs connections of its own.
  const direct = config.databaseDirectUrl
    ? openPool(config.databaseDirectUrl, { max: 4, onTrouble })
    : connection.pool;
  const web = await startWeb(services, direct);
  const { settings, needsSetup } = web.app.site.current();
  const setUp = `Nobody administers it yet. Set it up at ${config.siteUrl}${paths.setup({ token: setupToken(services.secret) })}\n`;
  say(
    `\n${settings.name} is open at ${config.siteUrl}\n${whereMailsGo(services)}\n${needsSetup ? setUp : ''}`,
  );
  closeWithGrace({ delay: 10_000 }, async ({ err }) => {
    if (err) web.app.log.fatal({ err }, 'the process ends because of a fault');
    await web.stop();
    await services.markdown.close();
    if (direct !== connection.pool) await direct.end();
    await connection.close();
    await database.release();
  });
}

/** Undefined in production without SMTP_URL: mails are dropped, each with a warning. */
function openMailer({ smtpUrl, mailFrom, production }: Config): Mailer | undefined {
  if (smtpUrl !== undefined) return smtpMailer(smtpUrl, mailFrom);
  return production ? undefined : new Mailbox(systemClock);
}

function whereMailsGo({ config, mailer }: Services): string {
  if (mailer instanceof Mailbox) return `Mails are kept, not sent: ${config.siteUrl}${paths.devMails()}`;
  if (config.smtpUrl === undefined) return 'SMTP_URL is not set: mails are NOT SENT, see docs/operating.md.';
  return `Mails leave through ${new URL(config.smtpUrl).host}, from ${config.mailFrom}`;
}

/** On an empty database in development: a forum to look at. Its modules are loaded only then. */
async function loadDemonstration(services: Services): Promise<void> {
  const { installDemonstration, isEmptyForum } = await import('./features/demonstration/index.ts');
  if (!(await isEmptyForum(services.db))) return;
  say('The database is empty: loading a demonstration forum.');
  const accounts = await installDemonstration(services);
  // Another process that started at the same moment has loaded it, and shown them.
  if (accounts.length === 0) return;
  const widest = Math.max(...accounts.map(({ name }) => name.length));
  say(
    `\nLog in as one of these (the passwords are random and shown only now):\n${accounts.map(({ name, role, password }) => `  ${name.padEnd(widest)}  ${password}  ${role}`).join('\n')}`,
  );
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

/** What the person at the terminal can do something about is said in a sentence; anything else with its stack. */
function explain(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: another forum may be running. End it, or set PORT to another number.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used by this account. Set PORT to a number above 1023.`;
  return error.stack ?? error.message;
}

start().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
});
