// "Confirm it is you": asked before what opens the account is changed, when the last proof is a while ago.
import { sessions } from '../../../src/db/schema/index.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { codeAt, cookieOf, giveTwoStep, wrongCode } from './factors.ts';

const PASSWORD = 'a short sentence';
const PAGE = '/confirm-identity';

test('a quarter of an hour after logging in it is asked again, and leads back', async ({
  as,
  clock,
  make,
}) => {
  const browser = as.visitor();
  await make.member({ name: 'diana_f', password: PASSWORD });
  await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  clock.advance({ minutes: 15 });
  expect((await browser.visit('/settings/two-step')).url).toBe('/settings/two-step');
  clock.advance({ seconds: 1 });
  const asked = await browser.visit('/settings/two-step');
  expect(asked.url).toBe(`${PAGE}?next=%2Fsettings%2Ftwo-step`);
  expect(asked.headers['cache-control']).toBe('no-store');
  const there = await asked.press('Confirm', { password: PASSWORD });
  expect(there.url).toBe('/settings/two-step');
  clock.advance({ minutes: 15 });
  expect((await browser.visit('/settings/two-step')).url).toBe('/settings/two-step');
  clock.advance({ seconds: 1 });
  expect((await browser.visit('/settings/two-step')).url).toContain(PAGE);
});

test('a session from before proofs were noted has none', async ({ as, db, make }) => {
  const member = await make.member({ password: PASSWORD });
  const browser = await as.member(member);
  await db.update(sessions).set({ data: { memberId: member.id } });
  expect((await browser.visit('/settings/two-step')).url).toContain(PAGE);
});

test.for(['start', 'on', 'codes', 'off'])(
  'a form that was stopped (%s) has done nothing and leads back to its page',
  async (step, { app, as, clock, db, make }) => {
    const member = await make.member({ password: PASSWORD });
    const { key, recovery } = await giveTwoStep(app, member);
    const browser = await as.member(member);
    clock.advance({ minutes: 16 });
    const before = await db.query.totpFactors.findMany();
    const referer = { host: 'forum.example', referer: 'http://forum.example/settings/two-step' };
    const body = { code: codeAt(key, clock.now()), recovery: recovery[0]! };
    const stopped = await browser.post(`/settings/two-step/${step}`, body, referer);
    expect(stopped.headers.location).toBe(`${PAGE}?next=%2Fsettings%2Ftwo-step`);
    expect(await db.query.totpFactors.findMany()).toEqual(before);
    expect(await db.query.recoveryCodes.findMany()).toHaveLength(10);
    const code = codeAt(key, clock.now());
    const confirmed = await browser.post(PAGE, { password: PASSWORD, code, next: '/settings/two-step' });
    expect(confirmed.headers.location).toBe('/settings/two-step');
  },
);

test("a wrong password confirms nothing, nor does somebody else's", async ({ as, clock, make }) => {
  await make.member({ password: 'the sentence of another' });
  const browser = await as.member(await make.member({ password: PASSWORD }));
  clock.advance({ minutes: 16 });
  for (const password of ['', 'a wrong sentence', 'the sentence of another', 'x'.repeat(2_000)]) {
    const answer = await (await browser.visit('/settings/two-step')).press('Confirm', { password });
    expect(answer.status).toBe(422);
    expect(answer.error('password')).not.toBe('');
    expect(answer.field('password').value).toBe('');
    expect(answer.field('next').value).toBe('/settings/two-step');
  }
  expect((await browser.visit('/settings/two-step')).url).toContain(PAGE);
});

test('a password is asked of who has one: a code of the app does not stand in for it', async ({
  app,
  as,
  clock,
  make,
}) => {
  const member = await make.member({ password: PASSWORD });
  const { key, recovery } = await giveTwoStep(app, member);
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  const code = codeAt(key, clock.now());
  expect((await browser.post(PAGE, { code, recovery: recovery[0]! })).status).toBe(422);
  expect((await browser.visit('/settings/two-step')).url).toContain(PAGE);
});

test('with two-step login the password alone confirms nothing either: else it would turn that off', async ({
  app,
  as,
  clock,
  make,
}) => {
  const member = await make.member({ password: PASSWORD });
  const { key, recovery } = await giveTwoStep(app, member);
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  const asked = await browser.visit('/settings/two-step');
  for (const code of ['', wrongCode(key, clock.now())]) {
    const refused = await asked.press('Confirm', { password: PASSWORD, code });
    expect(refused.status).toBe(422);
    expect(refused.error('code')).not.toBe('');
  }
  const code = codeAt(key, clock.now());
  const wrong = await asked.press('Confirm', { password: 'a wrong sentence', code });
  expect([wrong.status, wrong.error('password')]).toEqual([422, 'This is not your password.']);
  expect((await browser.visit('/settings/two-step')).url).toContain(PAGE);
  // The code was not looked at, and so not used up.
  expect((await wrong.press('Confirm', { password: PASSWORD, code })).url).toBe('/settings/two-step');
  clock.advance({ minutes: 16 });
  const again = await browser.visit('/settings/two-step');
  const done = await again.press('Confirm', { password: PASSWORD, recovery: recovery[0]! });
  expect(done.url).toBe('/settings/two-step');
});

test('who has no password gives a code', async ({ app, as, clock, make }) => {
  const member = await make.member();
  const { key, recovery } = await giveTwoStep(app, member);
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  const asked = await browser.visit('/settings/two-step');
  const wrong = await asked.press('Confirm', { code: wrongCode(key, clock.now()) });
  expect([wrong.status, wrong.error('code')]).toEqual([422, expect.stringContaining('not right')]);
  const code = codeAt(key, clock.now());
  expect((await wrong.press('Confirm', { code })).url).toBe('/settings/two-step');
  clock.advance({ minutes: 16 });
  expect((await browser.post(PAGE, { code })).status).toBe(422);
  const again = await browser.visit('/settings/two-step');
  const done = await again.press('Confirm with a recovery code', { recovery: recovery[0]! });
  expect(done.main).toContain('9 of 10 are left.');
});

test('who has neither logs in again', async ({ as, clock }) => {
  const browser = await as.member();
  clock.advance({ minutes: 16 });
  const asked = await browser.visit('/settings/two-step');
  expect(asked.main).toContain('You log in without a password.');
  for (const body of [{ password: '' }, { password: 'x' }, { code: '000000' }])
    expect((await browser.post(PAGE, body)).status).toBe(422);
  expect((await asked.press('Log out', {}, 'main')).text).toContain('Log in');
});

test('confirming gives the browser another session, and the old id proves nothing', async ({
  app,
  as,
  clock,
  make,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = as.visitor();
  const before = cookieOf(await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD }))!;
  clock.advance({ minutes: 16 });
  const after = cookieOf(await browser.post(PAGE, { password: PASSWORD }))!;
  expect(after).not.toBe(before);
  expect((await new Browser(app, before).visit('/settings/two-step')).url).toContain('/sign-in?');
  expect((await new Browser(app, after).visit('/settings/two-step')).url).toBe('/settings/two-step');
});

test('a renewed session keeps its proof and its age of it', async ({ as, clock, make }) => {
  const member = await make.member({ password: PASSWORD });
  const browser = await as.member(member);
  clock.advance({ hours: 30 });
  await browser.visit('/');
  expect((await browser.visit('/settings/two-step')).url).toContain(PAGE);
  await browser.post(PAGE, { password: PASSWORD });
  expect((await browser.visit('/settings/two-step')).url).toBe('/settings/two-step');
});

test('who is there needs no page for it', async ({ as }) => {
  const browser = await as.member();
  expect((await browser.get(`${PAGE}?next=/settings`)).headers.location).toBe('/settings');
  expect((await browser.get(`${PAGE}?next=//evil.example`)).headers.location).toBe('/');
  expect((await as.visitor().get(PAGE)).headers.location).toContain('/sign-in?next=');
});

test('it leads nowhere else', async ({ as, clock, make }) => {
  const browser = await as.member(await make.member({ password: PASSWORD }));
  clock.advance({ minutes: 16 });
  expect((await browser.visit(`${PAGE}?next=//evil.example`)).field('next').value).toBe('/');
  const answer = await browser.post(PAGE, { password: PASSWORD, next: 'https://evil.example/' });
  expect(answer.headers.location).toBe('/');
});

test.for(['sign-in', 'account'] as const)(
  'guessing here is slowed by the budget "%s"',
  async (name, { forum, make, clock }) => {
    const app = await forum.build({ budgets: { ...BUDGETS, [name]: { max: 3, seconds: 600 } } });
    await app.ready();
    await make.member({ name: 'diana_f', password: PASSWORD });
    const browser = new Browser(app);
    await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
    clock.advance({ minutes: 16 });
    const statuses = [];
    for (const password of ['one', 'two', 'three', PASSWORD])
      statuses.push((await browser.post(PAGE, { password })).status);
    expect(statuses).toEqual([422, 422, 422, 429]);
    await app.close();
  },
);

test.for([
  ['password', { current: PASSWORD, password: 'another odd sentence' }],
  ['name', { name: 'diana_g', passwordForName: PASSWORD }],
  ['email', { email: 'new@example.org', passwordForEmail: PASSWORD }],
] as const)(
  'nor is two-step login got around by way of another %s: the password alone changes nothing',
  async ([what, typed], { app, as, clock, make }) => {
    const member = await make.member({ name: 'diana_f', password: PASSWORD });
    const { key } = await giveTwoStep(app, member);
    const browser = await as.member(member);
    clock.advance({ minutes: 16 });
    const refused = await browser.post(`/settings/${what}`, typed);
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Confirm first that it is you.');
    expect((await browser.visit('/settings/two-step')).url).toContain(PAGE);
    await browser.post(PAGE, { password: PASSWORD, code: codeAt(key, clock.now()) });
    expect((await browser.post(`/settings/${what}`, typed)).status).toBe(303);
  },
);
