// Logging in and out: the same answer whatever was wrong, a new session id every time, and nothing left behind.
import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import type { Database } from '../../../src/db/connection.ts';
import { members, sessions } from '../../../src/db/schema/index.ts';
import { createPasswords, PasswordsBusy } from '../../../src/lib/passwords.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from './sanctions.ts';

const PASSWORD = 'a short sentence';

/** The session cookie as an answer set it: name, value and attributes. */
function cookieOf(answer: { headers: Record<string, unknown> }, name = 'session') {
  const set = [answer.headers['set-cookie'] ?? []].flat().map(String);
  const [pair = '', ...attributes] = set.find((line) => line.startsWith(`${name}=`))?.split('; ') ?? [];
  return { pair, value: decodeURIComponent(pair.slice(name.length + 1)), attributes };
}

/** The key of the row that belongs to a cookie's value: the id stands before the signature. */
function rowKey(value: string): string {
  return createHash('sha256')
    .update(value.slice(0, value.lastIndexOf('.')))
    .digest('hex');
}

async function sessionKeys(db: Database): Promise<string[]> {
  return (await db.select({ key: sessions.idHash }).from(sessions)).map(({ key }) => key);
}

test.for([['diana_f'], ['DIANA_F'], ['diana@example.org'], ['  Diana@Example.ORG ']])(
  'a member logs in as "%s" and comes back to where they were',
  async ([name = ''], { as, make }) => {
    await make.member({ name: 'diana_f', email: 'diana@example.org', password: PASSWORD });
    const form = await as.visitor().visit('/sign-in?next=/rules');
    const page = await form.press('Log in', { name, password: PASSWORD }, 'main');
    expect(page.url).toBe('/rules');
    expect(page.text).toContain('diana_f');
  },
);

test('what is wrong makes no difference: name, password, or an account without one', async ({ as, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  await make.member({ name: 'imported' });
  const pages = await Promise.all(
    ['diana_f', 'nobody', 'nobody@example.org', 'imported'].map(async (name) => {
      const answer = await as.visitor().post('/sign-in', { name, password: 'wrong' });
      return {
        status: answer.status,
        html: answer.text.replaceAll(name, 'NAME'),
        cookie: cookieOf(answer).pair,
      };
    }),
  );
  expect(pages[0]).toMatchObject({ status: 422, cookie: '' });
  expect(pages[0]?.html).toContain('That name and password do not match.');
  expect(pages[0]?.html).toContain('value="NAME"');
  for (const page of pages) expect(page).toEqual(pages[0]);
});

test('a name nobody has is hashed for all the same', async ({ as, forum }) => {
  const verify = vi.spyOn(forum.passwords, 'verify');
  await as.visitor().post('/sign-in', { name: 'nobody', password: 'guess' });
  expect(verify.mock.calls).toEqual([['guess', undefined]]);
  verify.mockRestore();
});

test('empty fields are asked for', async ({ as }) => {
  const page = await (await as.visitor().visit('/sign-in')).press('Log in', {}, 'main');
  expect(page.status).toBe(422);
  expect(page.error('name')).toContain('Give your name');
  expect(page.error('password')).toContain('Give your password');
});

test('the cookie is for this site, for its server alone, for 30 days', async ({ as, make, db, clock }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const answer = await as.visitor().post('/sign-in', { name: 'diana_f', password: PASSWORD });
  const { value, attributes } = cookieOf(answer);
  expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'HttpOnly', 'SameSite=Lax']));
  expect(attributes.some((attribute) => attribute.startsWith('Expires='))).toBe(true);
  expect(attributes).not.toContain('Secure');
  expect(answer.headers['cache-control']).toBe('no-store');
  expect(await sessionKeys(db)).toEqual([rowKey(value)]);
  const [row] = await db.select().from(sessions);
  expect(row?.expiresAt.getTime()).toBe(clock.now().getTime() + 30 * 24 * 3_600_000);
  expect(JSON.stringify(row)).not.toContain(value.split('.')[0]);
});

test('under https the cookie is Secure and has the __Host- prefix, and logging out takes it back', async ({
  forum,
  make,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const app = await forum.build({ config: { siteUrl: 'https://forum.example', trustProxy: ['127.0.0.1'] } });
  await app.ready();
  const https = { 'x-forwarded-proto': 'https' };
  const browser = new Browser(app);
  const signedIn = await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD }, https);
  const { pair, attributes } = cookieOf(signedIn, '__Host-session');
  expect(pair).not.toBe('');
  expect(attributes).toEqual(expect.arrayContaining(['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']));
  expect(attributes.some((attribute) => attribute.startsWith('Domain='))).toBe(false);

  const signedOut = await browser.post('/sign-out', {}, { ...https, cookie: pair });
  expect(cookieOf(signedOut, '__Host-session')).toMatchObject({
    value: '',
    attributes: expect.arrayContaining([
      'Secure',
      'Path=/',
      'Expires=Thu, 01 Jan 1970 00:00:00 GMT',
    ]) as unknown,
  });
  await app.close();
});

test('an id that somebody else planted opens nothing after logging in', async ({ app, as, make, db }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  // A cookie of the forum's own making, left over from a session that has ended.
  const planted = cookieOf(await as.visitor().post('/sign-in', { name: 'diana_f', password: PASSWORD }));
  await db.delete(sessions);

  const victim = new Browser(app, planted.pair);
  const answer = await victim.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  const own = cookieOf(answer);
  expect(own.value).not.toBe('');
  expect(own.value).not.toBe(planted.value);
  expect(await sessionKeys(db)).toEqual([rowKey(own.value)]);
  expect((await new Browser(app, planted.pair).get('/settings')).status).toBe(303);
});

test('a cookie that was tampered with is nobody', async ({ app, as, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const { pair } = cookieOf(await as.visitor().post('/sign-in', { name: 'diana_f', password: PASSWORD }));
  const forged = pair.replace(/^session=./, (start) => `session=${start.endsWith('A') ? 'B' : 'A'}`);
  expect((await new Browser(app, pair).get('/settings')).status).toBe(200);
  expect((await new Browser(app, forged).get('/settings')).status).toBe(303);
});

test('logging out ends the session on the server and takes the cookie back', async ({
  app,
  as,
  db,
  make,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = as.visitor();
  const { pair } = cookieOf(await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD }));
  const page = await (await browser.visit('/rules')).press('Log out');
  expect(page.url).toBe('/');
  expect(page.text).toContain('Log in');
  expect(await sessionKeys(db)).toEqual([]);
  expect((await new Browser(app, pair).get('/settings')).headers.location).toBe('/sign-in?next=%2Fsettings');

  const again = await new Browser(app, pair).post('/sign-out');
  expect([again.status, again.headers.location]).toEqual([303, '/']);
});

test('a member who visits the page is sent on; logging in over another account is refused', async ({
  as,
  make,
  db,
}) => {
  await make.member({ name: 'other', password: PASSWORD });
  const browser = await as.member();
  expect((await browser.visit('/sign-in?next=/rules')).url).toBe('/rules');
  const answer = await browser.post('/sign-in', { name: 'other', password: PASSWORD });
  expect(answer.status).toBe(409);
  expect(await sessionKeys(db)).toHaveLength(1);
});

test('a suspended member can log in, to read and to appeal', async ({ as, make, db, clock }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await sanction(db, member, 'suspension', { startsAt: clock.ago({ days: 1 }), endsAt: null });
  expect((await as.visitor().post('/sign-in', { name: 'diana_f', password: PASSWORD })).status).toBe(303);
});

test('a hash of another cost is renewed when its password is given', async ({ as, db, make, forum }) => {
  const old = await createPasswords({ memoryKiB: 16, passes: 1 }).hash(PASSWORD);
  const member = await make.member({ name: 'diana_f', passwordHash: old });
  const hashNow = async () => (await db.select({ hash: members.passwordHash }).from(members))[0]?.hash ?? '';

  await as.visitor().post('/sign-in', { name: member.name, password: 'wrong' });
  expect(await hashNow()).toBe(old);
  await as.visitor().post('/sign-in', { name: member.name, password: PASSWORD });
  const renewed = await hashNow();
  expect(renewed).not.toBe(old);
  expect(forum.passwords.needsRehash(renewed)).toBe(false);
  expect((await as.visitor().post('/sign-in', { name: member.name, password: PASSWORD })).status).toBe(303);
  expect(await hashNow()).toBe(renewed);
});

test.for([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\/evil.example',
  'https://evil.example/',
  'https:evil.example',
  'evil.example',
  'javascript:alert(1)',
  '/\t/evil.example',
  '/\n/evil.example',
  '\t//evil.example',
  ' //evil.example',
  '/.//evil.example',
  '/x/..//evil.example',
  '/%2e//evil.example',
  'http://127.0.0.1.evil.example/',
  '',
])('next=%j leads nowhere else', async (next, { as, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const answer = await as.visitor().post('/sign-in', { name: 'diana_f', password: PASSWORD, next });
  expect([answer.status, answer.headers.location]).toEqual([303, '/']);
  const sentOn = await (await as.member()).get(`/sign-in?next=${encodeURIComponent(next)}`);
  expect([sentOn.status, sentOn.headers.location]).toEqual([303, '/']);
  const page = await as.visitor().visit(`/sign-in?next=${encodeURIComponent(next)}`);
  expect(page.field('next').value).toBe('/');
});

test('two next parameters are none', async ({ as }) => {
  expect((await as.visitor().visit('/sign-in?next=/rules&next=//evil.example')).field('next').value).toBe(
    '/',
  );
});

test.for(['/settings', '/inbox', '/inbox?show=unread'])(
  'a visitor at %s logs in and is there',
  async (path, { as, make }) => {
    await make.member({ name: 'diana_f', password: PASSWORD });
    const page = await as.visitor().visit(path);
    expect(page.url).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    expect((await page.press('Log in', { name: 'diana_f', password: PASSWORD }, 'main')).url).toBe(path);
  },
);

test('whoever guesses often has to wait', async ({ forum, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const app = await forum.build({ budgets: { ...BUDGETS, 'sign-in': { max: 2, seconds: 60 } } });
  await app.ready();
  const browser = new Browser(app);
  const statuses = [];
  for (const password of ['one', 'two', PASSWORD]) {
    const answer = await browser.post('/sign-in', { name: 'diana_f', password });
    statuses.push(answer.status);
    if (answer.status === 429) expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
  }
  expect(statuses).toEqual([422, 422, 429]);
  await app.close();
});

test.for(['/sign-in', '/sign-up'])(
  'when too many passwords wait, %s asks to come back',
  async (path, { as, forum }) => {
    const verify = vi.spyOn(forum.passwords, 'verify').mockRejectedValue(new PasswordsBusy());
    const hash = vi.spyOn(forum.passwords, 'hash').mockRejectedValue(new PasswordsBusy());
    const sent = { name: 'diana_f', email: 'd@example.org', password: PASSWORD, rules: '1' };
    const answer = await as.visitor().post(path, sent);
    verify.mockRestore();
    hash.mockRestore();
    expect(answer.status).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.text).toContain('Many people are logging in');
  },
);
