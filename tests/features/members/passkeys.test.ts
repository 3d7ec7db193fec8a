// Passkeys in the settings: added, renamed, removed, and never the last way in.
import { eq } from 'drizzle-orm';
import { members, passkeyHandles, passkeys, sessions } from '../../../src/db/schema/index.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { cookieOf } from './factors.ts';
import { LAPTOP } from './logging-in.ts';
import { linkIn } from './mail-links.ts';
import { ask, askToMake, givePasskey, HERE, logInBy, ORIGIN } from './passkeys.ts';

const PAGE = '/settings/passkeys';
const PASSWORD = 'a short sentence';

test('a member adds one: the list, a mail, a new session id, and it logs in', async ({
  as,
  clock,
  db,
  make,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f', email: 'diana@example.org', password: PASSWORD });
  const elsewhere = await as.member(member);
  const browser = await as.member(member);
  const page = await (await browser.visit('/settings/account')).follow('Add a passkey');
  expect([page.url, page.headers['cache-control']]).toEqual([PAGE, 'no-store']);
  expect(page.main).toContain('To add a passkey takes JavaScript');
  const named = await browser.get(PAGE, { 'user-agent': LAPTOP });
  expect(named.text).toContain('value="Firefox on Windows"');

  const options = await askToMake(browser, PAGE, { label: 'My laptop' });
  expect(options).toMatchObject({ user: { name: 'diana_f' }, excludeCredentials: [] });
  const device = new Authenticator(ORIGIN);
  const label = ' My \u202elaptop ';
  const added = await browser.post(PAGE, { label, passkey: device.create(options) }, HERE);
  expect([added.status, added.headers.location]).toEqual([303, `${PAGE}?saved=added`]);
  expect((await browser.visit(`${PAGE}?saved=added`)).main).toContain('The passkey has been added.');
  const own = await browser.visit('/settings/account');
  expect(own.main).toContain('My laptop\nadded 3 April 2026, 14:30 UTC not used yet');
  expect(await db.select().from(passkeys)).toMatchObject([{ memberId: member.id, label: 'My laptop' }]);
  // Adding one ends no other session.
  expect((await elsewhere.get('/settings')).status).toBe(200);
  await drain();
  expect(mails().map(({ to, subject }) => [to, subject])).toEqual([
    ['diana@example.org', 'A passkey was added to your account on Tokenwire'],
  ]);
  for (const part of [mails()[0]?.text, mails()[0]?.html])
    for (const said of ['My laptop', '3 April 2026, 14:30 UTC', '/forgot', PAGE])
      expect(part).toContain(said);

  clock.advance({ hours: 1 });
  expect((await logInBy(as.visitor(), device)).status).toBe(303);
  expect((await elsewhere.visit('/settings/account')).main).toContain('last used 3 April 2026, 15:30 UTC');
});

test('the handle is random, the same for all of a member, and stays when all are gone', async ({
  as,
  db,
  make,
}) => {
  const member = await make.member({ password: PASSWORD });
  const browser = await as.member(member);
  const handles = [];
  for (const turn of [1, 2, 3]) {
    const options = await askToMake(browser, PAGE, { label: 'Laptop' });
    handles.push(options.user.id);
    await browser.post(PAGE, { label: 'Laptop', passkey: new Authenticator(ORIGIN).create(options) }, HERE);
    if (turn === 2) await db.delete(passkeys);
  }
  expect(new Set(handles).size).toBe(1);
  expect(await db.select().from(passkeyHandles)).toEqual([{ memberId: member.id, handle: handles[0] }]);
  const other = await askToMake(await as.member(), PAGE, { label: 'Laptop' });
  expect(other.user.id).not.toBe(handles[0]);
});

test('a device that holds one is told so, and its passkey is added to nobody else', async ({
  app,
  as,
  db,
  make,
}) => {
  const member = await make.member();
  const device = await givePasskey(app, member);
  const options = await askToMake(await as.member(member), PAGE, { label: 'Laptop' });
  expect(options.excludeCredentials).toEqual([
    { id: device.credentialId, type: 'public-key', transports: ['internal'] },
  ]);
  const thief = await as.member();
  const passkey = device.create(await askToMake(thief, PAGE, { label: 'Laptop' }));
  const answer = await thief.post(PAGE, { label: 'Mine now', passkey }, HERE);
  expect([answer.status, answer.text.includes('belongs to an account already')]).toEqual([409, true]);
  expect(answer.text).toContain('value="Mine now"');
  expect(await db.select({ memberId: passkeys.memberId }).from(passkeys)).toEqual([{ memberId: member.id }]);
});

test.for([
  ['nobody verified', { userVerified: false }, 'not accepted'],
  ['another origin', { origin: 'http://evil.example' }, 'not accepted'],
  ['another site', { rpId: 'evil.example' }, 'not accepted'],
  ['a challenge of its own', { challenge: 'AAAA' }, 'was sent twice'],
] as const)('%s adds none, and the name comes back', async ([, quirks, reason], { as, db }) => {
  const browser = await as.member();
  const options = await askToMake(browser, PAGE, { label: 'Laptop' });
  const passkey = new Authenticator(ORIGIN).create(options, quirks);
  const answer = await browser.post(PAGE, { label: 'My laptop', passkey }, HERE);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(reason);
  expect(answer.text).toContain('value="My laptop"');
  expect(await db.select().from(passkeys)).toEqual([]);
});

test('an answer adds one, and not to another session of the same member', async ({ as, db, make }) => {
  const member = await make.member();
  const [one, other] = [await as.member(member), await as.member(member)];
  const passkey = new Authenticator(ORIGIN).create(await askToMake(one, PAGE, { label: 'Laptop' }));
  const sent = { label: 'Laptop', passkey };
  expect((await other.post(PAGE, sent, HERE)).status).toBe(422);
  expect((await one.post(PAGE, sent, HERE)).status).toBe(303);
  expect((await one.post(PAGE, sent, HERE)).status).toBe(422);
  expect(await db.select().from(passkeys)).toHaveLength(1);
});

test('a challenge of before the session id was renewed is worth nothing', async ({ as }) => {
  const browser = await as.member();
  const [first, second] = [new Authenticator(ORIGIN), new Authenticator(ORIGIN)];
  const label = 'Laptop';
  const early = second.create(await askToMake(browser, PAGE, { label }));
  const passkey = first.create(await askToMake(browser, PAGE, { label }));
  expect((await browser.post(PAGE, { label, passkey }, HERE)).status).toBe(303);
  expect((await browser.post(PAGE, { label, passkey: early }, HERE)).status).toBe(422);
});

test.for(['', '   ', '🔑', 'x'.repeat(41)])(
  '"%s" is no name for one',
  async (label, { app, as, db, make }) => {
    const member = await make.member();
    await givePasskey(app, member);
    const browser = await as.member(member);
    expect((await ask(browser, PAGE, { label })).status).toBe(422);
    const added = await browser.submit(PAGE, [['label', label]], PAGE);
    expect([added.status, added.error('label')]).toEqual([422, expect.stringContaining('name')]);
    const page = await browser.visit(PAGE);
    const renamed = await page.press('Rename', { label });
    expect(renamed.status).toBe(422);
    const field = renamed.document.querySelector('details[open] input[name="label"]');
    expect([field?.getAttribute('aria-invalid'), field?.getAttribute('value')]).toEqual([
      'true',
      label.trim(),
    ]);
    expect(renamed.html).toContain(`<a href="#${field?.id ?? ''}">`);
    expect(await db.select({ label: passkeys.label }).from(passkeys)).toEqual([{ label: 'Laptop' }]);
  },
);

test('there is room for 20, also for two who come at once', async ({ app, as, db, make }) => {
  const member = await make.member();
  for (let n = 1; n <= 19; n += 1) await givePasskey(app, member, { label: `Key ${n}` });
  const browsers = [await as.member(member), await as.member(member)];
  const sent: Record<string, string>[] = [];
  for (const browser of browsers) {
    const options = await askToMake(browser, PAGE, { label: 'Last' });
    sent.push({ label: 'Last', passkey: new Authenticator(ORIGIN).create(options) });
  }
  const answers = await Promise.all(browsers.map((browser, at) => browser.post(PAGE, sent[at], HERE)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
  expect(await db.select().from(passkeys)).toHaveLength(20);
  const browser = browsers[answers.findIndex(({ status }) => status === 303)]!;
  expect((await ask(browser, PAGE, { label: 'One more' })).status).toBe(409);
  const full = await browser.visit(PAGE);
  expect(full.main).toContain('You have 20, and there is no room for more.');
  expect(full.document.querySelector('[data-ceremony]')).toBeNull();
});

test('a member renames one of theirs, and nobody else does', async ({ app, as, db, make }) => {
  const member = await make.member();
  await givePasskey(app, member);
  const browser = await as.member(member);
  const page = await (await browser.visit(PAGE)).press('Rename', { label: 'The old phone' });
  expect(page.url).toBe(`${PAGE}?saved=renamed`);
  expect(page.main).toContain('The old phone');
  const [row] = await db.select().from(passkeys);
  const other = await as.member(await make.member({ password: PASSWORD }));
  for (const path of ['rename', 'remove']) {
    const sent = { id: String(row?.id), label: 'Mine' };
    expect((await other.post(`${PAGE}/${path}`, sent)).status).toBe(404);
    for (const id of ['', '0', '-1', '9'.repeat(30), 'x'])
      expect((await browser.post(`${PAGE}/${path}`, { id, label: 'Mine' })).status).toBe(404);
  }
  expect(await db.select({ label: passkeys.label }).from(passkeys)).toEqual([{ label: 'The old phone' }]);
});

test('a member removes one: it logs in nobody, a mail says so, and the session has another id', async ({
  app,
  as,
  db,
  make,
  drain,
  mails,
}) => {
  const member = await make.member({ email: 'diana@example.org', password: PASSWORD });
  const device = await givePasskey(app, member, { label: 'My laptop' });
  const elsewhere = await as.member(member);
  const visitor = as.visitor();
  const before = cookieOf(await logInBy(visitor, device));
  const [row] = await db.select().from(passkeys);
  const answer = await visitor.post(`${PAGE}/remove`, { id: String(row?.id) });
  expect(answer.headers.location).toBe(`${PAGE}?saved=removed`);
  expect(cookieOf(answer)).not.toBe(before);
  expect((await new Browser(app, before).get('/settings')).status).toBe(303);
  expect((await elsewhere.get('/settings')).status).toBe(200);
  expect((await visitor.visit(`${PAGE}?saved=removed`)).main).toContain('has been removed');
  expect(await db.select().from(passkeys)).toEqual([]);
  expect((await logInBy(as.visitor(), device)).status).toBe(422);
  await drain();
  const mail = mails().find(
    ({ subject }) => subject === 'A passkey was removed from your account on Tokenwire',
  );
  expect(mail?.to).toBe('diana@example.org');
  expect(mail?.text).toContain('"My laptop"');
  expect(mail?.html).toContain('<strong>My laptop</strong>');
});

test('the last way in stays', async ({ app, as, db, make, drain, mails }) => {
  const member = await make.member();
  await givePasskey(app, member);
  const browser = await as.member(member);
  const page = await (await browser.visit(PAGE)).press('Remove');
  expect([page.status, page.main.includes('This is your only way to log in.')]).toEqual([409, true]);
  expect(await db.select().from(passkeys)).toHaveLength(1);
  await drain();
  expect(mails()).toEqual([]);
});

test('of two that are removed at once one stays, when there is nothing else', async ({
  app,
  as,
  db,
  make,
}) => {
  const member = await make.member();
  await givePasskey(app, member);
  await givePasskey(app, member);
  const rows = await db.select().from(passkeys);
  const answers = await Promise.all(
    rows.map(async ({ id }) => (await as.member(member)).post(`${PAGE}/remove`, { id: String(id) })),
  );
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 409]);
  expect(await db.select().from(passkeys)).toHaveLength(1);
});

test.for(['', '/options', '/rename', '/remove'])(
  'a quarter of an hour after logging in, %s asks first whether it is them',
  async (path, { app, as, clock, db, make }) => {
    const member = await make.member({ password: PASSWORD });
    const device = await givePasskey(app, member);
    const browser = await as.member(member);
    const options = await askToMake(browser, PAGE, { label: 'Laptop' });
    const [row] = await db.select().from(passkeys);
    clock.advance({ minutes: 15, seconds: 1 });
    const sent = {
      id: String(row?.id),
      label: 'Other',
      passkey: new Authenticator(ORIGIN).create(options),
    };
    const referer = { ...HERE, referer: `${ORIGIN}${PAGE}` };
    const stopped = await browser.post(`${PAGE}${path}`, sent, referer);
    expect(stopped.headers.location).toBe('/confirm-identity?next=%2Fsettings%2Fpasskeys');
    expect(await db.select({ label: passkeys.label }).from(passkeys)).toEqual([{ label: 'Laptop' }]);
    expect((await logInBy(as.visitor(), device)).status).toBe(303);
  },
);

test('visitors are sent to log in', async ({ as }) => {
  for (const path of ['', '/options', '/rename', '/remove'])
    expect((await as.visitor().post(`${PAGE}${path}`)).headers.location).toContain('/sign-in');
  expect((await ask(as.visitor(), PAGE)).status).toBe(401);
});

test('a session that has ended while it was asked is told so', async ({ as, db }) => {
  const browser = await as.member();
  await askToMake(browser, PAGE, { label: 'Laptop' });
  await db.delete(sessions);
  expect((await ask(browser, PAGE, { label: 'Laptop' })).status).toBe(401);
});

test('who has lost the only passkey gets a password by mail, and removes it', async ({
  app,
  as,
  db,
  make,
  drain,
  mails,
}) => {
  await givePasskey(app, await make.member({ name: 'diana_f', email: 'diana@example.org' }));
  await as.visitor().post('/forgot', { name: 'diana_f' });
  await drain();
  await drain();
  const form = await as.visitor().visit(linkIn(mails()[0], '/reset'));
  const browser = (await form.press('Change password', { password: PASSWORD })).browser;
  expect((await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD })).status).toBe(303);
  const page = await (await browser.visit(PAGE)).press('Remove');
  expect(page.main).toContain('has been removed');
  expect(await db.select().from(passkeys)).toEqual([]);
});

test('all of it goes with the member', async ({ app, db, make }) => {
  const member = await make.member();
  await givePasskey(app, member);
  await db.delete(members).where(eq(members.id, member.id));
  expect([await db.select().from(passkeys), await db.select().from(passkeyHandles)]).toEqual([[], []]);
});
