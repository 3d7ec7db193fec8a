// What the environment says: every variable, its default and its check. All faults are reported at once.
import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { readProviders } from './config-providers.ts';
import { checkEmail } from './domain/member-email.ts';
import type { ProviderSettings } from './lib/providers/index.ts';

export interface Config {
  /** NODE_ENV=production: strict defaults, no demonstration forum, no stack pages. */
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Origin of every absolute address the forum writes, without a trailing slash. */
  readonly siteUrl: string;
  /** Undefined: the embedded PostgreSQL in dataDir. */
  readonly databaseUrl: string | undefined;
  /** For migrations, the worker and LISTEN, when databaseUrl goes through a pooler. */
  readonly databaseDirectUrl: string | undefined;
  /** A streaming replica of it, for reading; undefined: all is read from the primary. */
  readonly databaseReadUrl: string | undefined;
  /** Connections of each process to it. */
  readonly poolSize: number;
  /** Processes that answer requests; none: this machine does background jobs only. */
  readonly webProcesses: number;
  /** Whether this machine does background jobs. */
  readonly jobs: boolean;
  readonly dataDir: string;
  /** At least 32 characters; undefined in development: kept in dataDir. */
  readonly secret: string | undefined;
  /** Earlier secrets: what they encrypted is still read. */
  readonly secretPrevious: readonly string[];
  /** Addresses or CIDR ranges of proxies whose forwarded address is believed; empty: none. */
  readonly trustProxy: readonly string[];
  /** Undefined: production sends no mail, development keeps it in memory. */
  readonly smtpUrl: string | undefined;
  /** The address that mails come from. */
  readonly mailFrom: string;
  /** Other sites by which people can log in, as they are offered. */
  readonly providers: readonly ProviderSettings[];
  readonly logLevel: LogLevel;
  /** False: every page is made for whoever asks. */
  readonly pageCache: boolean;
  /** Seconds for which a CDN may show visitors' pages without asking. */
  readonly pageCacheSharedSeconds: number;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
type Environment = Readonly<Record<string, string | undefined>>;

/** Thrown by readConfig; the message lists every fault, a line each. */
export class ConfigError extends Error {
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/**
 * Reads the configuration from environment variables (README has the table).
 * @throws ConfigError naming each variable that is wrong and what to do about it.
 */
export function readConfig(env: Environment): Config {
  const faults: string[] = [];
  const get = (name: string) => {
    const value = env[name]?.trim();
    return value === '' ? undefined : value;
  };

  const production = get('NODE_ENV') === 'production';
  const host = get('HOST') ?? '127.0.0.1';
  if (!production && !isLoopback(host)) {
    faults.push(
      `HOST is ${host}: in development the forum answers on loopback only, since it shows stacks and passwords. Set NODE_ENV=production to serve others.`,
    );
  }
  const port = readPort(get('PORT'), faults);
  const siteUrl = readSiteUrl(get('SITE_URL'), `http://localhost:${port}`, production, env, faults);
  const databaseUrl = readDatabaseUrl('DATABASE_URL', get('DATABASE_URL'), faults);
  const databaseDirectUrl = readDatabaseUrl('DATABASE_DIRECT_URL', get('DATABASE_DIRECT_URL'), faults);
  const databaseReadUrl = readDatabaseUrl('DATABASE_READ_URL', get('DATABASE_READ_URL'), faults);
  for (const [name, url] of Object.entries({
    DATABASE_DIRECT_URL: databaseDirectUrl,
    DATABASE_READ_URL: databaseReadUrl,
  }))
    if (url && !databaseUrl) faults.push(`${name} is set without DATABASE_URL: set both, or neither.`);
  const webProcesses = readCount('WEB_CONCURRENCY', get('WEB_CONCURRENCY'), [0, 256], faults);
  const jobs = readJobs(get('JOBS'), webProcesses, faults);
  const poolSize = readCount('DATABASE_POOL', get('DATABASE_POOL'), [3, 1_000], faults);
  const secret = readSecret(get('SECRET'), production, faults);
  const secretPrevious = readSecretPrevious(get('SECRET_PREVIOUS'), faults);
  const trustProxy = readTrustProxy(get('TRUST_PROXY'), faults);
  const smtpUrl = readSmtpUrl(get('SMTP_URL'), faults);
  const mailFrom = readMailFrom(get('MAIL_FROM'), faults);
  const providers = readProviders(env, faults);
  const logLevel = readLogLevel(get('LOG_LEVEL'), faults);
  const pageCache = readPageCache(get('PAGE_CACHE'), faults);
  const pageCacheSharedSeconds = readSharedSeconds(get('PAGE_CACHE_SHARED_SECONDS'), faults);

  if (faults.length > 0) throw new ConfigError(faults);
  const processes = webProcesses ?? (production ? availableParallelism() : 1);
  return Object.freeze({
    production,
    host,
    port,
    siteUrl,
    databaseUrl,
    databaseDirectUrl,
    databaseReadUrl,
    poolSize: poolSize ?? poolFor(processes),
    webProcesses: processes,
    jobs,
    dataDir: resolve(get('DATA_DIR') ?? './data'),
    secret,
    secretPrevious,
    trustProxy,
    smtpUrl,
    mailFrom: mailFrom ?? `no-reply@${new URL(siteUrl).hostname}`,
    providers,
    logLevel,
    pageCache,
    pageCacheSharedSeconds,
  });
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

function readPort(text: string | undefined, faults: string[]): number {
  if (text === undefined) return 3000;
  const port = /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) faults.push(`PORT is "${text}": give a number from 0 to 65535.`);
  return port;
}

function readSiteUrl(
  text: string | undefined,
  fallback: string,
  production: boolean,
  env: Environment,
  faults: string[],
): string {
  if (text === undefined) {
    if (production)
      faults.push('SITE_URL is not set: give the address readers will use, such as https://forum.example.');
    return fallback;
  }
  const url = URL.parse(text);
  if (
    !url ||
    !/^https?:$/.test(url.protocol) ||
    url.pathname !== '/' ||
    url.search ||
    url.hash ||
    url.username ||
    url.password
  ) {
    faults.push(`SITE_URL is "${text}": give an address such as https://forum.example, without a path.`);
    return fallback;
  }
  if (
    production &&
    url.protocol === 'http:' &&
    !isLoopback(url.hostname.replace(/^\[|\]$/g, '')) &&
    env.ALLOW_INSECURE_HTTP !== '1'
  ) {
    faults.push(
      'SITE_URL begins with http: passwords would cross the network in the clear. Use https, or set ALLOW_INSECURE_HTTP=1 if you must.',
    );
  }
  return url.origin;
}

function readDatabaseUrl(name: string, text: string | undefined, faults: string[]): string | undefined {
  if (text !== undefined && !/^postgres(ql)?:\/\//.test(text)) {
    faults.push(`${name} must begin with postgresql://, such as postgresql://tokenwire@localhost/tokenwire.`);
  }
  return text;
}

/** @returns undefined when nothing is said, or something that is no such number. */
function readCount(
  name: string,
  text: string | undefined,
  [least, most]: readonly [number, number],
  faults: string[],
): number | undefined {
  if (text === undefined) return undefined;
  const count = /^\d{1,4}$/.test(text) ? Number(text) : -1;
  if (count >= least && count <= most) return count;
  faults.push(`${name} is "${text}": give a number from ${least} to ${most}.`);
  return undefined;
}

function readJobs(text: string | undefined, webProcesses: number | undefined, faults: string[]): boolean {
  if (text !== undefined && text !== 'on' && text !== 'off')
    faults.push(`JOBS is "${text}": give on or off.`);
  if (text === 'off' && webProcesses === 0)
    faults.push('WEB_CONCURRENCY is 0 and JOBS is off: then there is nothing to do. Change one of them.');
  return text !== 'off';
}

/** What one process needs at its busiest. */
const BUSY_POOL = 10;
/** PostgreSQL takes 100 where nothing else is said; some are left for whoever looks at it, and for those beside the pools. */
const POOLS_TOGETHER = 70;

/** So that all processes of a machine, with the one for jobs, stay below what PostgreSQL takes. */
function poolFor(webProcesses: number): number {
  return Math.max(3, Math.min(BUSY_POOL, Math.floor(POOLS_TOGETHER / (webProcesses + 1))));
}

function readSecret(text: string | undefined, production: boolean, faults: string[]): string | undefined {
  if (text === undefined) {
    if (production)
      faults.push(
        'SECRET is not set: give 32 random characters or more, such as the output of "openssl rand -hex 32".',
      );
  } else if (isGuessable(text)) {
    faults.push(
      'SECRET is too easy to guess: give 32 random characters or more, such as the output of "openssl rand -hex 32".',
    );
  }
  return text;
}

function readSecretPrevious(text: string | undefined, faults: string[]): string[] {
  const secrets = listOf(text);
  // What is no secret never encrypted anything: the list was cut or joined wrongly.
  if (secrets.some(isGuessable))
    faults.push('SECRET_PREVIOUS must hold earlier values of SECRET, whole and separated by commas.');
  return secrets;
}

function isGuessable(secret: string): boolean {
  return secret.length < 32 || new Set(secret).size < 8;
}

function listOf(text: string | undefined): string[] {
  return (text ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter(Boolean);
}

function readTrustProxy(text: string | undefined, faults: string[]): string[] {
  const proxies = listOf(text);
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const widest = isIP(address) === 4 ? 32 : 128;
    if (!isIP(address) || (bits !== undefined && !(/^\d{1,3}$/.test(bits) && Number(bits) <= widest))) {
      faults.push(
        `TRUST_PROXY holds "${proxy}": give addresses or ranges such as 10.0.0.1 or 10.0.0.0/8, separated by commas.`,
      );
    }
  }
  return proxies;
}

function readSmtpUrl(text: string | undefined, faults: string[]): string | undefined {
  if (text === undefined) return undefined;
  const url = URL.parse(text);
  // The value is not repeated: it may hold a password.
  if (!url || !/^smtps?:$/.test(url.protocol) || url.hostname === '')
    faults.push('SMTP_URL must be an address such as smtps://name:password@mail.example:465.');
  return text;
}

function readMailFrom(text: string | undefined, faults: string[]): string | undefined {
  if (text !== undefined && checkEmail(text) !== undefined)
    faults.push(`MAIL_FROM is "${text}": give an e-mail address alone, such as forum@forum.example.`);
  return text;
}

function readLogLevel(text: string | undefined, faults: string[]): LogLevel {
  if (text === undefined) return 'info';
  const level = LOG_LEVELS.find((known) => known === text);
  if (!level) faults.push(`LOG_LEVEL is "${text}": give one of ${LOG_LEVELS.join(', ')}.`);
  return level ?? 'info';
}

function readPageCache(text: string | undefined, faults: string[]): boolean {
  if (text !== undefined && text !== 'on' && text !== 'off')
    faults.push(`PAGE_CACHE is "${text}": give on or off.`);
  return text !== 'off';
}

/** What is hidden stays readable behind a CDN for as long. */
const MOST_SHARED_SECONDS = 10;

function readSharedSeconds(text: string | undefined, faults: string[]): number {
  const seconds = /^\d{1,2}$/.test(text ?? '0') ? Number(text ?? 0) : Infinity;
  if (seconds <= MOST_SHARED_SECONDS) return seconds;
  faults.push(`PAGE_CACHE_SHARED_SECONDS is "${text}": give a number from 0 to ${MOST_SHARED_SECONDS}.`);
  return 0;
}
