// Where a member is logged in: what they see of it, how they end it, and what is left of it then.
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { sessions, signIns } from '../../../src/db/schema/index.ts';
import { sweepSessions } from '../../../src/features/members/jobs.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { cookieOf, LAPTOP, logIn, PASSWORD, PHONE } from './logging-in.ts';

const SIGN_UP = { name: 'diana_f', email: 'diana@example.org', password: PASSWORD, rules: '1' };

test('a member sees each session with device, place and times, and which one this is', async ({
  as,
  clock,
  forum,
  make,
}) => {
  const app = await forum.build({ config: { trustProxy: ['127.0.0.1'] } });
  await app.ready();
  await make.member({ name: 'diana_f', password: PASSWORD });
  await logIn(new Browser(app), { 'user-agent': PHONE, 'x-forwarded-for': '2001:db8:7:1:2:3:4:5' });
  clock.advance({ hours: 2 });
  const laptop = new Browser(app);
  await logIn(laptop, { 'user-agent': LAPTOP, 'x-forwarded-for': '192.0.2.77' });
  const page = await laptop.visit('/settings/sessions');
  expect(page.main).toContain(
    'Firefox on Windows This one\n192.0.2.x since 3 April 2026, 16:30 UTC last seen 3 April 2026, 16:30 UTC',
  );
  expect(page.main).toContain(
    'Safari on iPhone\n2001:db8:7::/48 since 3 April 2026, 14:30 UTC last seen 3 April 2026, 14:30 UTC',
  );
  expect(page.headers['cache-control']).toBe('no-store');
  const rows = JSON.stringify([await as.visitor().get('/'), await app.db.select().from(sessions)]);
  expect(rows).not.toMatch(/192\.0\.2\.77|1:2:3:4:5|Gecko/);
  await app.close();
});

test('the place is the one where a session was last seen', async ({ clock, db, forum, make }) => {
  const app = await forum.build({ config: { trustProxy: ['127.0.0.1'] } });
  await app.ready();
  await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = new Browser(app);
  await logIn(browser, { 'x-forwarded-for': '192.0.2.77' });
  clock.advance({ minutes: 20 });
  await browser.get('/rules', { 'x-forwarded-for': '198.51.100.3' });
  await expect
    .poll(() => db.select({ place: sessions.addressPrefix }).from(sessions))
    .toEqual([{ place: '198.51.100.x' }]);
  await app.close();
});

test('ending one session ends its rights at its next request, and no other', async ({ app, as, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const [here, lost, kept] = [as.visitor(), as.visitor(), as.visitor()];
  const stolen = cookieOf(await logIn(lost, { 'user-agent': PHONE }));
  await logIn(kept);
  await logIn(here, { 'user-agent': LAPTOP });
  const page = await here.visit('/settings/sessions');
  const after = await page.press('End the session of Safari on iPhone');
  expect(after.main).toContain('That device is logged out.');
  expect(after.main).not.toContain('Safari on iPhone');
  expect((await lost.get('/settings')).status).toBe(303);
  expect((await new Browser(app, stolen).get('/settings')).status).toBe(303);
  expect((await new Browser(app, stolen).post('/settings', { about: 'Mine' })).headers.location).toContain(
    '/sign-in',
  );
  expect((await kept.get('/settings')).status).toBe(200);
  expect((await here.get('/settings')).status).toBe(200);
});

test('ending all others leaves this one alone', async ({ app, as, make, db }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const somebodyElse = await as.member();
  const stolen = [];
  for (let n = 0; n < 3; n += 1) stolen.push(cookieOf(await logIn(as.visitor())));
  const here = await as.member(member);
  const after = await (await here.visit('/settings/sessions')).press('End all others');
  expect(after.main).toContain('All other devices are logged out.');
  expect(after.html).not.toContain('End all others');
  expect(await db.select().from(sessions).where(eq(sessions.memberId, member.id))).toHaveLength(1);
  for (const cookie of stolen) expect((await new Browser(app, cookie).get('/settings')).status).toBe(303);
  expect((await somebodyElse.get('/settings')).status).toBe(200);
});

test('a stolen cookie opens nothing once its member has logged out', async ({ app, as, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = as.visitor();
  const stolen = cookieOf(await logIn(browser));
  expect((await new Browser(app, stolen).get('/settings')).status).toBe(200);
  await browser.post('/sign-out');
  expect((await new Browser(app, stolen).get('/settings')).status).toBe(303);
});

test('an ended session does not come back by a request that was under way', async ({
  as,
  clock,
  db,
  make,
}) => {
  const member = await make.member();
  const [here, other] = [await as.member(member), await as.member(member)];
  // Old enough to be renewed with the next request.
  clock.advance({ days: 2 });
  await Promise.all([other.get('/rules'), here.post('/settings/sessions', { session: 'others' })]);
  expect(await db.select().from(sessions).where(eq(sessions.memberId, member.id))).toHaveLength(1);
  expect((await other.get('/settings')).status).toBe(303);
});

test("nobody ends another's session, and what names none ends none", async ({ as, db }) => {
  await as.member();
  const [{ idHash } = { idHash: '' }] = await db.select({ idHash: sessions.idHash }).from(sessions);
  const browser = await as.member();
  for (const session of [idHash, '', 'all', 'a\0b', "' or true --", 'x'.repeat(5_000)])
    expect((await browser.post('/settings/sessions', { session })).status).toBe(303);
  expect(await db.select().from(sessions)).toHaveLength(2);
  expect((await as.visitor().post('/settings/sessions', { session: 'others' })).headers.location).toContain(
    '/sign-in',
  );
});

async function devices(app: FastifyInstance) {
  return app.db.select({ device: signIns.device, place: signIns.addressPrefix }).from(signIns);
}

test('a login from a new device is told by mail, the ones after it are not', async ({
  as,
  clock,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'diana_f', email: 'diana@example.org', password: PASSWORD });
  const browser = as.visitor();
  await logIn(browser, { 'user-agent': PHONE });
  clock.advance({ minutes: 3 });
  await drain();
  const [mail, ...more] = mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ to: 'diana@example.org', subject: 'New login to your account on Tokenwire' });
  for (const part of [mail?.text, mail?.html.replaceAll(/<[^>]+>/g, '')]) {
    expect(part).toContain('Device: Safari on iPhone');
    expect(part).toContain('Network: 127.0.0.x');
    expect(part).toContain('Time: 3 April 2026, 14:30 UTC');
  }
  expect(mail?.text).toContain('http://localhost:3000/settings/sessions\n');
  expect(mail?.text).toContain('http://localhost:3000/settings/account\n');

  // Also when the session it was noted with has ended.
  await browser.post('/sign-out');
  clock.advance({ days: 29 });
  await logIn(as.visitor(), { 'user-agent': PHONE });
  await drain();
  expect(mails()).toHaveLength(1);
  await logIn(as.visitor(), { 'user-agent': LAPTOP });
  await drain();
  expect(mails()).toHaveLength(2);
});

test('a device is new again after 30 days, unless a session is still open on it', async ({
  as,
  app,
  clock,
  db,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const open = as.visitor();
  await logIn(open, { 'user-agent': PHONE });
  const closed = as.visitor();
  await logIn(closed, { 'user-agent': LAPTOP });
  await closed.post('/sign-out');
  clock.advance({ days: 20 });
  expect((await open.get('/rules')).status).toBe(200);
  clock.advance({ days: 11 });
  await sweepSessions(db, {}, clock.now());
  expect(await devices(app)).toEqual([]);
  await drain();
  expect(mails()).toHaveLength(2);
  await logIn(as.visitor(), { 'user-agent': PHONE });
  await drain();
  expect(mails()).toHaveLength(2);
  await logIn(as.visitor(), { 'user-agent': LAPTOP });
  await drain();
  expect(mails()).toHaveLength(3);
});

test('the device somebody signs up with is known', async ({ as, app, db, drain, mails }) => {
  const browser = as.visitor();
  await browser.post('/sign-up', SIGN_UP, { 'user-agent': PHONE });
  expect(await devices(app)).toEqual([{ device: 'Safari on iPhone', place: '127.0.0.x' }]);
  await db.execute('update members set confirmed_at = now()');
  await browser.post('/sign-out');
  await logIn(browser, { 'user-agent': PHONE });
  await drain();
  expect(mails().map(({ subject }) => subject)).toEqual(['Confirm your e-mail address on Tokenwire']);
});

test('an address that nobody has confirmed gets no notices', async ({ as, make, drain, mails }) => {
  await make.member({ name: 'diana_f', password: PASSWORD, confirmedAt: null });
  await logIn(as.visitor(), { 'user-agent': PHONE });
  await drain();
  expect(mails()).toEqual([]);
});

test('of several logins from one new device at the same instant one is told', async ({
  as,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  await Promise.all([1, 2, 3, 4].map(() => logIn(as.visitor(), { 'user-agent': PHONE })));
  await drain();
  expect(mails()).toHaveLength(1);
});

test('a wrong password is told to nobody', async ({ as, make, drain, mails }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  await as.visitor().post('/sign-in', { name: 'diana_f', password: 'wrong wrong wrong' });
  await drain();
  expect(mails()).toEqual([]);
});
