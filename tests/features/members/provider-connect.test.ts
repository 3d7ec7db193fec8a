// An account at another site opens one here only once its member, logged in by another way, has said so.
import { eq } from 'drizzle-orm';
import { identities, members, sessions } from '../../../src/db/schema/index.ts';
import { codeAt, giveTwoStep } from './factors.ts';
import { cookieOf, expect, PASSWORD, test } from './by-provider.ts';

const START = '/sign-in/with/acme';
const CONNECT = '/settings/identities/connect/acme';
const DIANA = { email: 'diana@acme.example', email_verified: true };

test('who comes with the address of an account is not logged in to it, and connects it after a password', async ({
  someone,
  openid,
  make,
  db,
  clock,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f', email: 'Diana@Acme.example', password: PASSWORD });
  openid.accounts.set('diana', DIANA);
  const person = someone();
  const told = await person.goBy(`${START}?next=%2Fsettings`);
  expect(told.url).toBe('/sign-in/connect');
  expect(told.main).toContain('An account here has the address diana@acme.example');
  expect(told.html).not.toContain('diana_f');
  expect((await person.get('/settings')).status).toBe(303);
  expect((await person.post('/sign-in/connect')).headers.location).toContain('/sign-in');
  expect(await db.select().from(identities)).toEqual([]);

  const form = await told.follow('Log in');
  const offered = await form.press('Log in', { name: 'diana_f', password: PASSWORD });
  expect(offered.url).toBe('/sign-in/connect');
  expect(await db.select().from(identities)).toEqual([]);
  expect((await offered.press('Connect Acme to diana_f')).url).toBe('/settings');
  expect(await db.select().from(identities)).toMatchObject([
    { memberId: member.id, subject: 'diana', createdAt: clock.now() },
  ]);
  await drain();
  expect(
    mails().find(({ subject }) => subject === 'Acme was connected to your account on Tokenwire'),
  ).toMatchObject({
    to: 'Diana@Acme.example',
    text: expect.stringContaining('as diana@acme.example there') as string,
  });
  // It has been used.
  expect((await person.get('/sign-in/connect')).headers.location).toContain('late');
  await person.post('/sign-out');
  expect((await person.goBy(`${START}?next=%2Fsettings`)).url).toBe('/settings');
});

test('two-step login is asked in between, as ever', async ({ someone, site, openid, make, db, clock }) => {
  const member = await make.member({ name: 'diana_f', email: 'diana@acme.example', password: PASSWORD });
  const { key } = await giveTwoStep(site, member);
  openid.accounts.set('diana', DIANA);
  const person = someone();
  const form = await (await person.goBy(START)).follow('Log in');
  const asked = await form.press('Log in', { name: 'diana_f', password: PASSWORD });
  expect(asked.url).toBe('/sign-in/code?next=%2Fsign-in%2Fconnect');
  expect((await person.post('/sign-in/connect')).headers.location).toContain('/sign-in');
  const offered = await asked.press('Log in', { code: codeAt(key, clock.now()) });
  await offered.press('Connect Acme to diana_f');
  expect(await db.select().from(identities)).toMatchObject([{ memberId: member.id }]);
});

test('another way in is as good: GitHub, and Acme after it', async ({
  someone,
  openid,
  github,
  make,
  db,
  connected,
}) => {
  const member = await make.member({ name: 'diana_f', email: 'octocat@example.org' });
  await connected({ member });
  openid.accounts.set('diana', DIANA);
  const person = someone();
  const told = await person.goBy('/sign-in/with/github');
  expect(told.main).toContain('octocat@example.org');
  const offered = await person.goBy(`${START}?next=%2Fsign-in%2Fconnect`);
  await offered.press('Connect GitHub to diana_f');
  expect(await db.select().from(identities).orderBy(identities.id)).toMatchObject([
    { providerKey: 'acme', memberId: member.id },
    {
      providerKey: 'github',
      memberId: member.id,
      issuer: 'https://github.com',
      subject: '583231',
      label: 'octocat',
    },
  ]);
  expect(github.departures).toHaveLength(1);
});

test('it is not connected to another account than the one with the address', async ({
  someone,
  openid,
  make,
  db,
}) => {
  await make.member({ name: 'diana_f', email: 'diana@acme.example' });
  await make.member({ name: 'mallory', password: PASSWORD });
  openid.accounts.set('diana', DIANA);
  const person = someone();
  await person.goBy(START);
  await person.logIn('mallory');
  const refused = await (await person.visit('/sign-in/connect')).press('Connect Acme to mallory');
  expect(refused.status).toBe(403);
  expect(refused.main).toContain('Not connected. Its e-mail address is that of another account here.');
  expect(await db.select().from(identities)).toEqual([]);
});

test('an address that was confirmed by nobody connects nothing', async ({ someone, openid, make, db }) => {
  const member = await make.member({ name: 'diana_f', email: 'diana@acme.example', password: PASSWORD });
  openid.accounts.set('diana', DIANA);
  const person = someone();
  await person.goBy(START);
  await person.logIn('diana_f');
  await db.update(members).set({ confirmedAt: null }).where(eq(members.id, member.id));
  const refused = await (await person.visit('/sign-in/connect')).press('Connect Acme to diana_f');
  expect(refused.status).toBe(403);
  expect(await db.select().from(identities)).toEqual([]);
});

test('what waits goes with its quarter of an hour, and with logging out', async ({
  someone,
  openid,
  make,
  clock,
  db,
}) => {
  await make.member({ name: 'diana_f', email: 'diana@acme.example', password: PASSWORD });
  openid.accounts.set('diana', DIANA);
  const person = someone();
  await person.goBy(START);
  clock.advance({ minutes: 10 });
  await person.logIn('diana_f');
  const offered = await person.visit('/sign-in/connect');
  clock.advance({ minutes: 5, seconds: 1 });
  expect((await offered.press('Connect Acme')).main).toContain('Not connected. It took too long');
  await person.post('/sign-out');
  await person.goBy(START);
  await person.post('/sign-out');
  await person.logIn('diana_f');
  expect((await person.get('/sign-in/connect')).headers.location).toContain('late');
  expect(await db.select().from(identities)).toEqual([]);
  expect(JSON.stringify(await db.select().from(sessions))).not.toContain('acme.example');
});

test('a member connects it in the settings, whatever its address', async ({
  someone,
  openid,
  make,
  db,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  openid.accounts.set('diana', { email: 'diana@acme.example', email_verified: false });
  const person = someone();
  await person.logIn('diana_f');
  const account = await person.visit('/settings/account');
  expect(account.main).toContain('Other sites\nNone is connected.');
  const link = account.document.querySelector(`a[href="${CONNECT}"]`);
  expect(link?.textContent).toBe('Connect Acme');
  const offered = await person.goBy(CONNECT);
  expect(offered.url).toBe('/sign-in/connect');
  expect(offered.main).toContain('You came from Acme as diana@acme.example');
  expect(await db.select().from(identities)).toEqual([]);
  const done = await offered.press('Connect Acme to diana_f');
  expect(done.url).toBe('/settings/account?saved=connected');
  expect(done.main).toContain('It is connected');
  expect(done.main).toContain('Acme: diana@acme.example');
  expect(await db.select().from(identities)).toMatchObject([{ memberId: member.id }]);
  await drain();
  expect(mails().map(({ subject }) => subject)).toContain('Acme was connected to your account on Tokenwire');
  // Once more changes nothing, and sends nothing.
  const before = mails().length;
  await (await person.goBy(CONNECT)).press('Connect Acme to diana_f');
  await drain();
  expect(await db.select().from(identities)).toHaveLength(1);
  expect(mails()).toHaveLength(before);
});

test('connecting takes a proof, and leads to the page with the link: no form ends at another site', async ({
  someone,
  openid,
  make,
  clock,
  db,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const person = someone();
  expect((await person.get(CONNECT)).headers.location).toBe('/sign-in?next=%2Fsettings%2Faccount');
  await person.logIn('diana_f');
  clock.advance({ minutes: 16 });
  expect((await person.get(CONNECT)).headers.location).toBe('/confirm-identity?next=%2Fsettings%2Faccount');
  await person.post('/confirm-identity', { password: PASSWORD });
  openid.accounts.set('diana', DIANA);
  const back = await person.leaveBy(CONNECT);
  clock.advance({ minutes: 9 });
  const offered = await person.visit(back);
  clock.advance({ minutes: 7 });
  const stopped = await offered.press('Connect Acme to diana_f');
  expect(stopped.url).toContain('/confirm-identity');
  expect(await db.select().from(identities)).toEqual([]);
  await stopped.press('Confirm', { password: PASSWORD });
  await (await person.visit('/sign-in/connect')).press('Connect Acme to diana_f');
  expect(await db.select().from(identities)).toHaveLength(1);
});

test('one that opens another account stays there', async ({ someone, make, connected, db }) => {
  const owner = await make.member({ name: 'diana_f' });
  await connected({ member: owner });
  await make.member({ name: 'mallory', password: PASSWORD });
  const person = someone();
  await person.logIn('mallory');
  const refused = await (await person.goBy(CONNECT)).press('Connect Acme to mallory');
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('Not connected. It is connected to another account here.');
  expect(refused.html).not.toContain('diana_f');
  expect(await db.select().from(identities)).toMatchObject([{ memberId: owner.id }]);
});

test('what one member asked for is not connected to the next who logs in here', async ({
  someone,
  make,
  db,
  site,
}) => {
  await make.member({ name: 'mallory', password: PASSWORD });
  const victim = await make.member({ name: 'diana_f', password: PASSWORD });
  const person = someone();
  await person.logIn('mallory');
  await person.goBy(CONNECT);
  const [row] = await db.select().from(sessions);
  await db.update(sessions).set({ memberId: victim.id, data: { ...row?.data, memberId: victim.id } });
  const refused = await (await person.visit('/sign-in/connect')).press('Connect Acme to diana_f');
  expect(refused.status).toBe(403);
  expect(await site.db.select().from(identities)).toEqual([]);
});

test('a member disconnects one, is told by mail, and it opens nothing any more', async ({
  someone,
  openid,
  make,
  connected,
  db,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await connected({ member });
  const person = someone();
  await person.logIn('diana_f');
  const page = await person.visit('/settings/account');
  expect(page.main).toContain(
    'Acme: diana@acme.example\nsince 2 April 2026, 14:30 UTC last used 2 April 2026',
  );
  const done = await page.press('Disconnect Acme: diana@acme.example');
  expect(done.main).toContain('It is disconnected');
  expect(await db.select().from(identities)).toEqual([]);
  await drain();
  expect(mails()[0]).toMatchObject({
    to: 'diana_f@example.org',
    subject: 'Acme was disconnected from your account on Tokenwire',
  });
  openid.accounts.set('diana', { email: 'diana_f@example.org', email_verified: true });
  const other = someone();
  expect((await other.goBy(START)).url).toBe('/sign-in/connect');
  expect((await other.get('/settings')).status).toBe(303);
});

test('the last way in stays, also when two are given up at once', async ({
  someone,
  make,
  connected,
  db,
}) => {
  const member = await make.member({ name: 'diana_f' });
  await connected({ member });
  const person = someone();
  await person.goBy(START);
  const refused = await (await person.visit('/settings/account')).press('Disconnect Acme');
  expect(refused.status).toBe(409);
  expect(refused.main).toContain('Not disconnected. This is your only way to log in.');
  for (const n of [2, 3, 4, 5, 6]) await connected({ member, subject: `account ${n}` });
  const ids = (await db.select().from(identities)).map(({ id }) => String(id));
  const browsers = ids.map(() => someone());
  for (const browser of browsers) await browser.goBy(START);
  const answers = await Promise.all(
    browsers.map((browser, at) =>
      browser.post('/settings/identities/disconnect', { identity: ids[at] as string }),
    ),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 303, 303, 303, 303, 409]);
  expect(await db.select().from(identities)).toHaveLength(1);
});

test("nobody disconnects what is somebody else's, nor without a proof", async ({
  someone,
  make,
  connected,
  db,
  clock,
}) => {
  await connected({ member: await make.member({ name: 'diana_f', password: PASSWORD }) });
  const [identity] = await db.select().from(identities);
  const body = { identity: String(identity?.id) };
  await make.member({ name: 'mallory', password: PASSWORD });
  const person = someone();
  const path = '/settings/identities/disconnect';
  expect((await person.post(path, body)).headers.location).toContain('/sign-in');
  await person.logIn('mallory');
  for (const sent of [body, {}, { identity: '0' }, { identity: 'x' }])
    expect((await person.post(path, sent)).status).toBe(404);
  const owner = someone();
  await owner.logIn('diana_f');
  clock.advance({ minutes: 16 });
  expect((await owner.post(path, body)).headers.location).toContain('/confirm-identity');
  expect(await db.select().from(identities)).toHaveLength(1);
});

test('connecting gives the browser another session', async ({ someone, openid, make }) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  openid.accounts.set('diana', DIANA);
  const person = someone();
  await person.logIn('diana_f');
  await person.goBy(CONNECT);
  const answer = await person.post('/sign-in/connect');
  expect(answer.status).toBe(303);
  expect(cookieOf(answer)).toMatch(/^session=/);
});

test('a member who stops there, or meets a fault, is told in the settings', async ({
  someone,
  openid,
  make,
}) => {
  await make.member({ name: 'diana_f', password: PASSWORD });
  const person = someone();
  await person.logIn('diana_f');
  const stopped = await person.goBy(CONNECT, 'cancel');
  expect(stopped.url).toBe('/settings/account?trouble=cancelled&with=acme#set-sites');
  expect(stopped.main).toContain('Not connected. Acme says that you stopped there.');
  const back = await person.leaveBy(CONNECT);
  openid.answer = (_request, response) => response.destroy();
  expect((await person.visit(back)).main).toContain('Not connected. Acme does not answer at present.');
});

test('an account at a site that is not offered any more is still shown', async ({ as, make, connected }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await connected({ member });
  const page = await (await as.member(member)).visit('/settings/account');
  expect(page.main).toContain('acme: diana@acme.example');
  expect((await (await as.member()).visit('/settings/account')).main).not.toContain('Other sites');
});
