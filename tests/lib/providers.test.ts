// Other sites that are slow, large or secretive, asked without a forum around.
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ProviderFailure } from '../../src/lib/providers/failure.ts';
import { createProviders, type Provider } from '../../src/lib/providers/index.ts';
import { textsOf } from '../../src/lib/providers/texts.ts';
import { CLIENT, OpenidProvider, Traveller } from '../support/openid-provider.ts';

const CALLBACK = 'http://localhost:3000/sign-in/with/acme/done';

let site: OpenidProvider;
beforeAll(async () => {
  site = await OpenidProvider.start([CALLBACK]);
});
afterEach(() => {
  site.reset();
});
afterAll(() => site.stop());

function acme(patience?: number): Provider {
  const registration = { key: 'acme', name: 'Acme', clientId: CLIENT.id, clientSecret: CLIENT.secret };
  const settings = { protocol: 'openid', issuer: site.issuer, logsInAnew: true, ...registration } as const;
  return createProviders([settings], patience).get('acme') as Provider;
}

const failureOf = (promise: Promise<unknown>): Promise<ProviderFailure> =>
  promise.then(
    () => expect.unreachable(),
    (error: unknown) => error as ProviderFailure,
  );

test('a site that never answers is given up on', async () => {
  site.answer = () => undefined;
  const failure = await failureOf(acme(0.05).leave(CALLBACK, { anew: false }));
  expect([failure.kind, failure.message]).toEqual(['away', 'operation timed out (OAUTH_TIMEOUT)']);
});

test('a site that begins an answer and never ends it is given up on', async () => {
  site.answer = (_request, response) => void response.writeHead(200).write('{');
  expect((await failureOf(acme(0.05).leave(CALLBACK, { anew: false }))).kind).toBe('away');
});

test('an answer without end is not read to its end', async () => {
  const closed = Promise.withResolvers<boolean>();
  site.answer = (_request, response) => {
    response.once('close', () => closed.resolve(response.writableFinished));
    response.writeHead(200, { 'content-type': 'application/json' }).write('x'.repeat(600_000));
  };
  const failure = await failureOf(acme().leave(CALLBACK, { anew: false }));
  expect([failure.kind, failure.message]).toEqual(['refused', 'it answered more than 524288 bytes']);
  expect(await closed.promise).toBe(false);
});

test('what is found out about a site is found out once, and again after a failure', async () => {
  const provider = acme();
  site.answer = (_request, response) => response.destroy();
  await failureOf(provider.leave(CALLBACK, { anew: false }));
  site.answer = undefined;
  site.asked.length = 0;
  await Promise.all([1, 2, 3].map(() => provider.leave(CALLBACK, { anew: false })));
  expect(site.asked).toEqual(['/.well-known/openid-configuration']);
});

test('a site where nobody is reached is away, and the log learns why', async () => {
  const gone = await OpenidProvider.start([CALLBACK]);
  const { issuer } = gone;
  await gone.stop();
  const settings = {
    protocol: 'openid',
    key: 'gone',
    name: 'Gone',
    clientId: 'x',
    clientSecret: 'y',
  } as const;
  const provider = createProviders([{ ...settings, issuer, logsInAnew: true }]).get('gone');
  const failure = await failureOf((provider as Provider).leave(CALLBACK, { anew: false }));
  expect([failure.kind, failure.message]).toEqual(['away', 'it could not be reached: ECONNREFUSED']);
});

test.for([
  ['error=server_error', 'away'],
  ['error=temporarily_unavailable', 'away'],
  ['error=access_denied', 'cancelled'],
  ['error=invalid_scope', 'refused'],
  ['error=%3Cscript%3E', 'refused'],
  ['', 'refused'],
] as const)('coming back with %j is %s', async ([query, kind]) => {
  const provider = acme();
  const departure = await provider.leave(CALLBACK, { anew: false });
  const iss = encodeURIComponent(site.issuer);
  const returned = new URL(`${CALLBACK}?state=${departure.state}&iss=${iss}&${query}`);
  const failure = await failureOf(provider.arrive(returned, departure));
  expect(failure.kind).toBe(kind);
  expect(failure.message).not.toContain('<');
});

test('a wrong secret is refused by the site, and stands in no message', async () => {
  const registration = { key: 'acme', name: 'Acme', clientId: CLIENT.id, clientSecret: 'not the secret' };
  const settings = { protocol: 'openid', issuer: site.issuer, logsInAnew: true, ...registration } as const;
  const provider = createProviders([settings]).get('acme') as Provider;
  const { href, ...departure } = await provider.leave(CALLBACK, { anew: false });
  const returned = new URL(await new Traveller().go(href));
  const failure = await failureOf(provider.arrive(returned, departure));
  expect([failure.kind, failure.message]).toEqual(['refused', 'it answered invalid_client']);
});

test.for([
  [undefined, 'client_secret_basic'],
  [['client_secret_basic'], 'client_secret_basic'],
  [['client_secret_basic', 'client_secret_post'], 'client_secret_post'],
] as const)('of %j the secret goes by %s', async ([methods, used]) => {
  const provider = acme();
  let sent = '';
  site.answer = (request, response) => {
    const json = (body: object) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/token') {
      const header = request.headers.authorization?.startsWith('Basic ');
      sent = header ? 'client_secret_basic' : 'client_secret_post';
      response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
    } else
      json({
        issuer: site.issuer,
        authorization_endpoint: `${site.issuer}/auth`,
        token_endpoint: `${site.issuer}/token`,
        jwks_uri: `${site.issuer}/jwks`,
        ...(methods && { token_endpoint_auth_methods_supported: methods }),
      });
  };
  const departure = await provider.leave(CALLBACK, { anew: false });
  const returned = new URL(`${CALLBACK}?state=${departure.state}&code=abc`);
  expect((await failureOf(provider.arrive(returned, departure))).message).toBe('it answered invalid_grant');
  expect(sent).toBe(used);
});

test('texts from elsewhere are one line of what can be stored', () => {
  expect(textsOf(' octo\u0000cat\n ', 7, null, '', '\u202e', { a: 1 }, 'x'.repeat(255), 'a\ud800b')).toEqual([
    'octo cat',
    'a\ufffdb',
  ]);
});
