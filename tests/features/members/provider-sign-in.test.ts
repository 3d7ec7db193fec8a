// Logging in by way of another site: who is known there is known here, and everything else leads back with a sentence.
import { desc } from 'drizzle-orm';
import { identities, sessions } from '../../../src/db/schema/index.ts';
import { codeAt, giveTwoStep } from './factors.ts';
import { cookieOf, expect, Person, test } from './by-provider.ts';

const START = '/sign-in/with/acme';
const LATE = 'Not logged in. It took too long, was begun in another browser, or has been used. Begin again.';

test('the links stand where they are offered, and keep where somebody wanted to go', async ({
  someone,
  as,
}) => {
  for (const path of ['/sign-in', '/sign-up']) {
    const page = await someone().visit(`${path}?next=%2Fsettings`);
    const links = [...page.document.querySelectorAll('main .btn-row a')].map((link) =>
      link.getAttribute('href'),
    );
    expect(links).toContain('/sign-in/with/github?next=%2Fsettings');
    expect(links).toContain('/sign-in/with/acme?next=%2Fsettings');
    expect((await as.visitor().visit(path)).html).not.toContain('/sign-in/with/');
  }
  expect((await as.visitor().get(START)).status).toBe(404);
  expect((await someone().get('/sign-in/with/nobody')).status).toBe(404);
});

test('it leads to the site with state, nonce and a challenge, each time others', async ({
  someone,
  openid,
}) => {
  const sent = await Promise.all([someone().get(START), someone().get(START)]);
  const [one, two] = sent.map(({ headers }) => new URL(String(headers.location)));
  expect(one?.origin).toBe(openid.issuer);
  expect(Object.fromEntries(one?.searchParams ?? [])).toEqual({
    client_id: 'the-forum',
    response_type: 'code',
    scope: 'openid email profile',
    redirect_uri: 'http://localhost:3000/sign-in/with/acme/done',
    code_challenge_method: 'S256',
    code_challenge: expect.stringMatching(/^[\w-]{43}$/) as string,
    state: expect.stringMatching(/^[\w-]{43}$/) as string,
    nonce: expect.stringMatching(/^[\w-]{43}$/) as string,
  });
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(one?.searchParams.get(name)).not.toBe(two?.searchParams.get(name));
});

test('who has connected Acme logs in by it, whatever address they have there now', async ({
  someone,
  make,
  openid,
  connected,
  db,
  clock,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f' });
  // Somebody else has the address that Diana has at Acme: it is nothing to her login.
  await make.member({ email: 'diana@new.example' });
  await connected({ member });
  openid.accounts.set('diana', { email: 'diana@new.example', email_verified: true });
  const person = someone();
  expect((await person.goBy(`${START}?next=%2Fsettings%2Faccount`)).main).toContain('You are diana_f');
  expect(await db.select().from(identities)).toMatchObject([
    { memberId: member.id, label: 'diana@new.example', lastUsedAt: clock.now() },
  ]);
  await drain();
  expect(mails().map(({ subject, to }) => [subject, to])).toEqual([
    ['New login to your account on Tokenwire', 'diana_f@example.org'],
  ]);
  expect((await person.get(`${START}?next=/settings`)).headers.location).toBe('/settings');
});

test.for([
  ['not vouched for', { email: 'diana@acme.example', email_verified: false }],
  ['vouched for by a word', { email: 'diana@acme.example', email_verified: 'true' }],
  ['of unknown standing', { email: 'diana@acme.example' }],
  ['missing', {}],
] as const)(
  'with an address %s, an account that is connected still opens',
  async ([, claims], { someone, make, openid, connected }) => {
    await connected({ member: await make.member({ name: 'diana_f' }) });
    openid.accounts.set('diana', claims);
    expect((await someone().goBy(`${START}?next=%2Fsettings`)).url).toBe('/settings');
  },
);

test('who has two-step login gives the code as after a password', async ({
  someone,
  site,
  make,
  connected,
  clock,
}) => {
  const member = await make.member({ name: 'diana_f' });
  const { key } = await giveTwoStep(site, member);
  await connected({ member });
  const person = someone();
  const asked = await person.goBy(`${START}?next=%2Fsettings`);
  expect(asked.url).toBe('/sign-in/code?next=%2Fsettings');
  expect((await person.get('/settings')).status).toBe(303);
  expect((await asked.press('Log in', { code: codeAt(key, clock.now()) })).url).toBe('/settings');
});

test('the session goes on under another id: one that somebody has planted opens nothing', async ({
  someone,
  site,
  make,
  connected,
}) => {
  await connected({ member: await make.member() });
  const person = someone();
  const sent = await person.get(START);
  const planted = cookieOf(sent)!;
  const back = await person.traveller.go(String(sent.headers.location));
  const done = await person.get(back.slice('http://localhost:3000'.length));
  expect(done.headers.location).toBe('/');
  expect(cookieOf(done)).toMatch(/^session=/);
  expect(cookieOf(done)).not.toBe(planted);
  expect((await new Person(site, planted).get('/settings')).headers.location).toContain('/sign-in');
  expect((await person.get('/settings')).status).toBe(200);
});

test('the way back leads in once', async ({ someone, make, connected, openid }) => {
  await connected({ member: await make.member() });
  const person = someone();
  const back = await person.leaveBy(START);
  const held = Promise.withResolvers<undefined>();
  openid.hold = held.promise;
  const first = person.get(back).then((answer) => answer);
  await expect.poll(() => openid.asked).toContain('/token');
  expect((await person.get(back)).headers.location).toBe('/sign-in?trouble=late&with=acme');
  held.resolve(undefined);
  expect((await first).headers.location).toBe('/');
  await person.post('/sign-out');
  expect((await person.visit(back)).main).toContain(LATE);
  expect(openid.asked.filter((path) => path === '/token')).toHaveLength(1);
});

test('a code that was used is not taken again, with a state of its own', async ({
  someone,
  make,
  connected,
  log,
}) => {
  await connected({ member: await make.member() });
  const used = new URL(await someone().leaveBy(START), 'http://x');
  const thief = someone();
  const own = new URL(String((await thief.get(START)).headers.location)).searchParams.get('state')!;
  used.searchParams.set('state', own);
  const answer = await thief.visit(used.pathname + used.search);
  expect(answer.main).toContain('Not logged in. Acme gave an answer that cannot be used.');
  expect((await thief.get('/settings')).status).toBe(303);
  expect(log()).toContain('it answered invalid_grant');
});

test("what was begun in somebody else's browser logs nobody in", async ({
  someone,
  make,
  connected,
  openid,
}) => {
  await connected({ member: await make.member() });
  const attacker = someone();
  const back = await attacker.leaveBy(START);
  const victim = someone();
  for (const before of [() => Promise.resolve(), () => victim.get(START)]) {
    await before();
    const page = await victim.visit(back);
    expect(page.main).toContain(LATE);
    expect((await victim.get('/settings')).status).toBe(303);
  }
  expect(openid.asked).not.toContain('/token');
  // It was nobody's business to end it.
  expect((await attacker.goBy(START)).url).toBe('/');
});

test('somebody who is logged in already stays who they are', async ({ someone, make, connected }) => {
  await connected({ member: await make.member({ name: 'mallory' }) });
  await make.member({ name: 'diana_f', password: 'the old sentence' });
  const attacker = someone();
  const victim = someone();
  await victim.logIn('diana_f');
  const page = await victim.visit(await attacker.leaveBy(START));
  expect(page.url).toContain('/settings/account?trouble=late');
  expect(page.main).toContain('You are diana_f');
});

test('after ten minutes somebody begins again', async ({ someone, make, connected, clock, openid }) => {
  await connected({ member: await make.member() });
  const person = someone();
  const back = await person.leaveBy(START);
  clock.advance({ minutes: 10, seconds: 1 });
  expect((await person.visit(back)).main).toContain(LATE);
  expect(openid.asked).not.toContain('/token');
  const again = await person.leaveBy(START);
  clock.advance({ minutes: 10 });
  expect((await person.visit(again)).url).toBe('/');
});

test('what was begun at one site does not end at another', async ({ someone, make, connected }) => {
  await connected({ member: await make.member() });
  const person = someone();
  const back = await person.leaveBy(START);
  const page = await person.visit(back.replace('/with/acme/', '/with/github/'));
  expect(page.main).toContain(LATE);
  expect((await person.get('/settings')).status).toBe(303);
});

test('a link on a page of another site begins nothing: nobody there has asked to log in', async ({
  someone,
  db,
}) => {
  const person = someone();
  const answer = await person.get('/sign-in/with/acme?next=/rules', { 'sec-fetch-site': 'cross-site' });
  expect([answer.status, answer.headers.location]).toEqual([303, '/sign-in?next=%2Frules']);
  expect(await db.select().from(sessions)).toEqual([]);
});

test('a page that is fetched ahead begins nothing', async ({ someone, openid, db }) => {
  for (const purpose of ['prefetch', 'prefetch;prerender', 'prefetch;anonymous-client-ip']) {
    const answer = await someone().get(START, { 'sec-purpose': purpose });
    expect([answer.status, answer.headers.location, cookieOf(answer)]).toEqual([503, undefined, undefined]);
  }
  expect(openid.asked).toEqual([]);
  expect(await db.select().from(sessions)).toEqual([]);
});

test.for([
  '//evil.example',
  'https://evil.example/',
  '/\\evil.example',
  '/\t/evil.example',
  'javascript:alert(1)',
])('it leads nowhere else: %j', async (next, { someone, make, connected, clock }) => {
  await connected({ member: await make.member() });
  const start = `${START}?next=${encodeURIComponent(next)}`;
  expect((await someone().goBy(start)).url).toBe('/');
  const person = someone();
  const back = await person.leaveBy(start);
  clock.advance({ minutes: 11 });
  expect((await person.get(back)).headers.location).toBe('/sign-in?trouble=late&with=acme');
  const cancelled = await person.goBy(start, 'cancel');
  expect(cancelled.field('next').value).toBe('/');
});

test('who presses cancel there is told so, and where they wanted to go is kept', async ({ someone, log }) => {
  const page = await someone().goBy(`${START}?next=%2Fsettings`, 'cancel');
  expect(page.main).toContain('Not logged in. Acme says that you stopped there.');
  expect(page.field('next').value).toBe('/settings');
  expect(log()).not.toContain('another site could not tell');
});

test.for([
  ['is down', (_request: unknown, response: { destroy(): void }) => response.destroy()],
  ['has a fault', answerWith(503, 'text/html', '<h1>Sorry</h1>')],
] as const)(
  'a site that %s is said to be away, and found again when it is back',
  async ([, answer], { openid, someone, make, connected, site }) => {
    await connected({ member: await make.member() });
    openid.answer = answer;
    const person = someone();
    const page = await person.visit(`${START}?next=%2Fsettings`);
    expect(page.main).toContain('Not logged in. Acme does not answer at present.');
    expect(page.field('next').value).toBe('/settings');
    openid.answer = undefined;
    const back = await person.leaveBy(START);
    openid.answer = answer;
    expect((await person.visit(back)).main).toContain('Acme does not answer at present.');
    openid.answer = undefined;
    expect((await person.goBy(START)).url).toBe('/');
    expect(site.config.providers).toHaveLength(2);
  },
);

test.for([
  ['no JSON', answerWith(200, 'application/json', '{"issuer":')],
  ['a page', answerWith(200, 'text/html', '<h1>Welcome</h1>')],
  ['metadata of another issuer', answerWith(200, 'application/json', '{"issuer":"https://evil.example"}')],
  ['a redirect', answerWith(302, 'text/html', '')],
  ['without end', answerWith(200, 'application/json', `"${'x'.repeat(600_000)}"`)],
] as const)('a site that answers nonsense (%s) leads back', async ([, answer], { someone, openid, log }) => {
  openid.answer = answer;
  const page = await someone().visit(START);
  expect(page.status).toBe(200);
  expect(page.main).toContain('Not logged in. Acme gave an answer that cannot be used.');
  expect(log()).toContain('another site could not tell who somebody is');
});

const soon = () => Math.floor(Date.now() / 1_000);

test.for([
  // With an address, so that the site is not asked about the person, which would tell.
  ['of another person', { sub: 'victim', email: 'a@b.example' }, 'signature'],
  ['for another client', { aud: 'another' }, 'claims'],
  ['of another issuer', { iss: 'https://evil.example' }, 'claims'],
  ['with the nonce of another login', { nonce: 'another' }, 'claims'],
  ['without a nonce', { nonce: undefined }, 'claims'],
  ['that has run out', { exp: soon() - 60 }, 'claims'],
  ['from the future', { nbf: soon() + 600 }, 'claims'],
  ['without a subject', { sub: undefined }, 'claims'],
] as const)('a token %s logs nobody in', async ([, change, how], { someone, make, connected, openid }) => {
  await connected({ member: await make.member() });
  await connected({ member: await make.member(), subject: 'victim' });
  openid.forge = (claims) => ({ ...claims, ...change });
  openid.breakSignature = how === 'signature';
  const person = someone();
  const page = await person.goBy(START);
  expect(page.main).toContain('Not logged in. Acme gave an answer that cannot be used.');
  expect((await person.get('/settings')).status).toBe(303);
  openid.forge = undefined;
  openid.breakSignature = false;
  expect((await person.goBy(START)).url).toBe('/');
});

test.for([
  ['from another issuer', 'https://evil.example'],
  ['from no issuer', undefined],
] as const)(
  'an answer %s is not taken: it may be meant for another site',
  async ([, iss], { someone, make, connected, openid }) => {
    await connected({ member: await make.member() });
    const person = someone();
    const back = new URL(await person.leaveBy(START), 'http://x');
    if (iss === undefined) back.searchParams.delete('iss');
    else back.searchParams.set('iss', iss);
    const page = await person.visit(back.pathname + back.search);
    expect(page.main).toContain('Acme gave an answer that cannot be used.');
    expect(openid.asked).not.toContain('/token');
  },
);

test.for([
  ['/sign-in?trouble=nothing&with=acme', false],
  ['/sign-in?trouble=__proto__&with=acme', false],
  ['/sign-in?trouble=away&with=nobody', true],
  ['/sign-in?trouble=away&trouble=late', false],
] as const)('%s', async ([path, says], { someone }) => {
  const page = await someone().visit(path);
  expect(page.status).toBe(200);
  expect(page.main.includes('Not logged in.')).toBe(says);
});

test('what is kept meanwhile opens nothing by itself, and goes', async ({ someone, db, clock }) => {
  const person = someone();
  await person.get(START);
  const [row] = await db.select().from(sessions).orderBy(desc(sessions.createdAt));
  expect(row?.memberId).toBeNull();
  expect(row!.expiresAt.getTime() - clock.now().getTime()).toBe(15 * 60_000);
  expect((await person.get('/settings')).status).toBe(303);
});

function answerWith(status: number, type: string, body: string) {
  return (_request: unknown, response: import('node:http').ServerResponse): void => {
    response.writeHead(status, { 'content-type': type, location: 'https://evil.example/' }).end(body);
  };
}
