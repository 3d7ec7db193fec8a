import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const PRODUCTION = {
  NODE_ENV: 'production',
  SITE_URL: 'https://forum.example',
  SECRET: '0123456789abcdef0123456789abcdef',
};

test('needs nothing in development', () => {
  expect(readConfig({})).toMatchObject({
    production: false,
    host: '127.0.0.1',
    port: 3000,
    siteUrl: 'http://localhost:3000',
    databaseUrl: undefined,
    smtpUrl: undefined,
    mailFrom: 'no-reply@localhost',
    webProcesses: 1,
    jobs: true,
    poolSize: 10,
    logLevel: 'info',
    pageCache: true,
    pageCacheSharedSeconds: 0,
  });
});

test('reads what production sets', () => {
  expect(
    readConfig({
      ...PRODUCTION,
      HOST: '0.0.0.0',
      PORT: '8080',
      SECRET_PREVIOUS: `${PRODUCTION.SECRET}0, ${PRODUCTION.SECRET}1`,
      TRUST_PROXY: '10.0.0.0/8, ::1',
      DATABASE_URL: 'postgresql://a@b/c',
      SMTP_URL: 'smtps://name:pa%24s@mail.example:465',
      MAIL_FROM: 'news@forum.example',
    }),
  ).toMatchObject({
    production: true,
    host: '0.0.0.0',
    port: 8080,
    siteUrl: 'https://forum.example',
    secretPrevious: [`${PRODUCTION.SECRET}0`, `${PRODUCTION.SECRET}1`],
    trustProxy: ['10.0.0.0/8', '::1'],
    databaseUrl: 'postgresql://a@b/c',
  });
});

test.each<[string, Record<string, string>, string]>([
  ['a port that is none', { PORT: '80a' }, 'PORT is "80a"'],
  ['a page cache that is neither on nor off', { PAGE_CACHE: 'maybe' }, 'PAGE_CACHE is "maybe"'],
  ['pages shared for longer than hides may take', { PAGE_CACHE_SHARED_SECONDS: '11' }, 'from 0 to 10'],
  ['a port too high', { PORT: '65536' }, 'PORT is "65536"'],
  ['serving others in development', { HOST: '0.0.0.0' }, 'loopback only'],
  [
    'production without an address',
    { NODE_ENV: 'production', SECRET: PRODUCTION.SECRET },
    'SITE_URL is not set',
  ],
  ['an address with a path', { ...PRODUCTION, SITE_URL: 'https://forum.example/news' }, 'without a path'],
  ['an address of another scheme', { ...PRODUCTION, SITE_URL: 'ftp://forum.example' }, 'SITE_URL is'],
  ['an address with credentials', { ...PRODUCTION, SITE_URL: 'https://a:b@forum.example' }, 'SITE_URL is'],
  [
    'plain http in production',
    { ...PRODUCTION, SITE_URL: 'http://forum.example' },
    'passwords would cross the network',
  ],
  [
    'production without a secret',
    { NODE_ENV: 'production', SITE_URL: PRODUCTION.SITE_URL },
    'SECRET is not set',
  ],
  ['a short secret', { ...PRODUCTION, SECRET: 'short' }, 'too easy to guess'],
  ['a secret of one letter', { ...PRODUCTION, SECRET: 'a'.repeat(64) }, 'too easy to guess'],
  [
    'an earlier secret that was cut',
    { ...PRODUCTION, SECRET_PREVIOUS: `${PRODUCTION.SECRET},0123` },
    'SECRET_PREVIOUS must hold',
  ],
  ['a database of another kind', { DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin'],
  ['a direct address alone', { DATABASE_DIRECT_URL: 'postgresql://x/y' }, 'without DATABASE_URL'],
  ['processes without a number', { WEB_CONCURRENCY: 'auto' }, 'WEB_CONCURRENCY is "auto"'],
  ['fewer processes than none', { WEB_CONCURRENCY: '-1' }, 'WEB_CONCURRENCY is "-1"'],
  ['jobs of another kind', { JOBS: 'no' }, 'JOBS is "no"'],
  ['nothing to do', { WEB_CONCURRENCY: '0', JOBS: 'off' }, 'nothing to do'],
  ['too few connections', { DATABASE_POOL: '1' }, 'DATABASE_POOL is "1"'],
  ['a replica alone', { DATABASE_READ_URL: 'postgresql://x/y' }, 'DATABASE_READ_URL is set without'],
  ['a proxy by name', { TRUST_PROXY: 'balancer' }, 'TRUST_PROXY holds "balancer"'],
  ['a range too wide', { TRUST_PROXY: '10.0.0.0/64' }, 'TRUST_PROXY holds'],
  ['mail over http', { SMTP_URL: 'https://mail.example' }, 'SMTP_URL must be'],
  ['a mail server without a scheme', { SMTP_URL: 'mail.example:25' }, 'SMTP_URL must be'],
  ['a mail server without a name', { SMTP_URL: 'smtp://' }, 'SMTP_URL must be'],
  ['a sender with a name', { MAIL_FROM: 'Forum <forum@forum.example>' }, 'MAIL_FROM is "Forum <'],
  ['two senders', { MAIL_FROM: 'a@forum.example, b@forum.example' }, 'MAIL_FROM is'],
  ['an unknown log level', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL is "loud"'],
])('refuses %s', (_name, env, sentence) => {
  expect(() => readConfig(env)).toThrow(sentence);
});

test('in production there is a web process for each core', () => {
  expect(readConfig(PRODUCTION).webProcesses).toBe(availableParallelism());
});

test.each<[string, Record<string, string>, object]>([
  ['several processes', { WEB_CONCURRENCY: '4' }, { webProcesses: 4, jobs: true, poolSize: 10 }],
  ['so many that they must share what PostgreSQL takes', { WEB_CONCURRENCY: '16' }, { poolSize: 4 }],
  ['more connections than that', { WEB_CONCURRENCY: '16', DATABASE_POOL: '20' }, { poolSize: 20 }],
  ['a machine for jobs alone', { WEB_CONCURRENCY: '0' }, { webProcesses: 0, jobs: true }],
  ['a machine without jobs', { JOBS: 'off' }, { webProcesses: 1, jobs: false }],
])('reads %s', (_name, env, config) => {
  expect(readConfig(env)).toMatchObject(config);
});

test('allows plain http in production on loopback, and elsewhere when it is insisted on', () => {
  expect(readConfig({ ...PRODUCTION, SITE_URL: 'http://127.0.0.1:3000' }).siteUrl).toBe(
    'http://127.0.0.1:3000',
  );
  expect(
    readConfig({ ...PRODUCTION, SITE_URL: 'http://forum.example', ALLOW_INSECURE_HTTP: '1' }).siteUrl,
  ).toBe('http://forum.example');
});

test('mails come from the host of the site when nothing else is said', () => {
  expect(readConfig(PRODUCTION).mailFrom).toBe('no-reply@forum.example');
});

test('a fault in SMTP_URL does not print its password', () => {
  expect(() => readConfig({ SMTP_URL: 'http://name:s3cret@mail.example' })).toThrow(/^(?!.*s3cret)/s);
});

test('a fault in SECRET_PREVIOUS does not print it', () => {
  expect(() => readConfig({ SECRET_PREVIOUS: 'hunter2,hunter3' })).toThrow(/^(?!.*hunter)/s);
});

test('reports all faults at once', () => {
  try {
    readConfig({ NODE_ENV: 'production', PORT: 'x', LOG_LEVEL: 'loud' });
    expect.unreachable();
  } catch (error) {
    expect((error as ConfigError).faults).toHaveLength(4);
  }
});

test('an empty variable counts as not set, as in many compose files', () => {
  expect(readConfig({ PORT: '', SECRET: ' ', DATABASE_URL: '' })).toMatchObject({
    port: 3000,
    secret: undefined,
    databaseUrl: undefined,
  });
});

test('.env.example names every variable and no other', () => {
  const source = readFileSync(new URL('../src/config.ts', import.meta.url), 'utf8');
  const read = new Set(
    [...source.matchAll(/(?:get\('|DatabaseUrl\('|Count\('|env\.)([A-Z_]+)/g)].map((match) => match[1]),
  );
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8');
  const named = [...example.matchAll(/^#?\s?([A-Z_]+)=/gm)].map((match) => match[1] ?? '');
  const isSite = (name: string) => /^(GITHUB|GOOGLE|OPENID)_/.test(name);
  expect(new Set(named.filter((name) => !isSite(name)))).toEqual(read);
  const sites = named.filter(isSite).map((name) => [name, 'https://login.acme.example'] as const);
  const { providers } = readConfig(Object.fromEntries(sites));
  expect(providers.map(({ key }) => key)).toEqual(['github', 'google', 'acme']);
});
