// The environment's part on other sites to log in by.
import { expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

const GITHUB = { GITHUB_CLIENT_ID: 'Ov23', GITHUB_CLIENT_SECRET: 's3cret-of-github' };
const GOOGLE = { GOOGLE_CLIENT_ID: 'id', GOOGLE_CLIENT_SECRET: 's3cret-of-google' };
const block = (key: string, changes: Readonly<Record<string, string>> = {}): Record<string, string> =>
  Object.fromEntries(
    Object.entries({
      ISSUER: `https://${key.toLowerCase()}.example`,
      CLIENT_ID: 'id',
      CLIENT_SECRET: 's3cret-of-block',
      NAME: `The ${key}`,
      ...changes,
    }).map(([part, value]) => [`OPENID_${key}_${part}`, value]),
  );

test('none is offered when none is configured', () => {
  expect(readConfig({}).providers).toEqual([]);
  expect(readConfig({ GITHUB_CLIENT_ID: '', GITHUB_CLIENT_SECRET: ' ' }).providers).toEqual([]);
});

test('reads all of them, in the order in which they are offered', () => {
  const { providers } = readConfig({ ...block('ZETA'), ...block('Acme2'), ...GOOGLE, ...GITHUB });
  expect(providers).toEqual([
    {
      protocol: 'github',
      key: 'github',
      name: 'GitHub',
      web: 'https://github.com',
      api: 'https://api.github.com',
      clientId: 'Ov23',
      clientSecret: 's3cret-of-github',
    },
    expect.objectContaining({ key: 'google', issuer: 'https://accounts.google.com', logsInAnew: false }),
    expect.objectContaining({
      key: 'acme2',
      name: 'The Acme2',
      issuer: 'https://acme2.example',
      logsInAnew: true,
    }),
    expect.objectContaining({ key: 'zeta' }),
  ]);
});

test.each([
  ['http://localhost:4000', true],
  ['http://127.0.0.1:4000/realm', true],
  ['http://[::1]:4000', true],
  ['https://login.example/realms/one/', true],
  ['http://login.example', false],
  ['http://localhost.evil.example', false],
  ['ftp://login.example', false],
  ['login.example', false],
  ['https://login.example/?tenant=1', false],
  ['https://login.example/#one', false],
  ['https://name:s3cret@login.example', false],
])('the issuer %s', (issuer, taken) => {
  const read = () => readConfig(block('ACME', { ISSUER: issuer })).providers.length;
  if (taken) expect(read()).toBe(1);
  else expect(read).toThrow('OPENID_ACME_ISSUER must be the https address');
});

test.each<[string, Record<string, string>, string]>([
  ['a GitHub without its secret', { GITHUB_CLIENT_ID: 'x' }, 'set both, or neither'],
  [
    'a Google without its id',
    { GOOGLE_CLIENT_SECRET: 's3cret' },
    'GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET',
  ],
  [
    'half a block',
    { OPENID_ACME_ISSUER: 'https://acme.example', OPENID_ACME_NAME: 'Acme' },
    'set OPENID_ACME_CLIENT_ID and OPENID_ACME_CLIENT_SECRET, too',
  ],
  [
    'a variable with a slip in it',
    { ...block('ACME'), OPENID_ACME_SECRET: 's3cret' },
    'OPENID_ACME_SECRET is no variable',
  ],
  ['a key of two words', block('BIG_ACME'), 'OPENID_BIG_ACME_ISSUER is no variable'],
  ['a key that is GitHub', block('GITHUB'), 'the key "github" is taken'],
  ['a key that is Google', { ...GOOGLE, ...block('Google') }, 'the key "google" is taken'],
  [
    'two keys that differ by case',
    { ...block('ACME'), ...block('acme', { ISSUER: 'https://b.example' }) },
    'the key "acme" is taken',
  ],
  [
    'one issuer twice',
    { ...block('ACME'), ...block('B', { ISSUER: 'https://acme.example/' }) },
    "another provider's, too",
  ],
  [
    'Google twice',
    { ...GOOGLE, ...block('B', { ISSUER: 'https://accounts.google.com' }) },
    "another provider's, too",
  ],
  ['a name that fits on no button', block('ACME', { NAME: 'x'.repeat(41) }), 'more than 40 characters'],
])('refuses %s', (_what, env, reason) => {
  expect(() => readConfig(env)).toThrow(reason);
  expect(() => readConfig(env)).toThrow(/^(?!.*s3cret)/s);
});

test('reports all faults at once, beside those of other variables', () => {
  try {
    readConfig({ PORT: 'x', GITHUB_CLIENT_ID: 'x', OPENID_A_ISSUER: 'ftp://a', OPENID_B_SECRET: 'x' });
    expect.unreachable();
  } catch (error) {
    expect((error as ConfigError).faults).toHaveLength(5);
  }
});
