// Signing up by a passkey alone.
import { members, passkeyHandles, passkeys, sessions, settings } from '../../../src/db/schema/index.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Authenticator, type CreationOptions, type Quirks } from '../../support/authenticator.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { cookieOf } from './factors.ts';
import { LAPTOP } from './logging-in.ts';
import { ask, askToMake, givePasskey, HERE, logInBy, ORIGIN } from './passkeys.ts';

const PAGE = '/sign-up/passkey';
const NEWCOMER = { name: 'diana_f', email: 'Diana@Example.org', rules: '1', next: '/rules' };

async function join(browser: Browser, device: Authenticator, quirks: Quirks = {}) {
  const options = await askToMake(browser, PAGE, NEWCOMER);
  return browser.post(PAGE, { ...NEWCOMER, passkey: device.create(options, quirks) }, HERE);
}

test('a newcomer makes a passkey, is logged in, and logs in with it from then on', async ({
  as,
  clock,
  db,
  drain,
  mails,
}) => {
  const device = new Authenticator(ORIGIN);
  const browser = as.visitor();
  const page = await browser.visit('/sign-up?next=/rules');
  const button = page.document.querySelector('[data-ceremony="create"]');
  expect([button?.getAttribute('formaction'), button?.getAttribute('data-options')]).toEqual([
    PAGE,
    `${PAGE}/options`,
  ]);
  const options = await askToMake(browser, PAGE, NEWCOMER);
  expect(options).toMatchObject({
    rp: { id: 'forum.example', name: 'Tokenwire' },
    user: { name: 'diana_f', displayName: 'diana_f' },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    attestation: 'none',
    timeout: 300_000,
    excludeCredentials: [],
  });
  expect(Buffer.from(options.user.id, 'base64url')).toHaveLength(32);
  // Nothing is there before the passkey is.
  expect(await db.select().from(members)).toEqual([]);
  const passkey = device.create(options);
  const answer = await browser.post(PAGE, { ...NEWCOMER, passkey }, { ...HERE, 'user-agent': LAPTOP });
  expect([answer.status, answer.headers.location]).toEqual([303, '/rules']);
  expect((await browser.visit('/')).text).toContain('diana_f');

  const [member] = await db.select().from(members);
  expect(member).toMatchObject({
    name: 'diana_f',
    email: 'Diana@Example.org',
    passwordHash: null,
    confirmedAt: null,
    joinedAt: clock.now(),
  });
  expect(await db.select().from(passkeys)).toMatchObject([
    {
      memberId: member?.id,
      credentialId: device.credentialId,
      label: 'Firefox on Windows',
      transports: ['hybrid', 'internal'],
      counter: 0,
      backedUp: false,
      createdAt: clock.now(),
      lastUsedAt: null,
    },
  ]);
  expect(await db.select().from(passkeyHandles)).toEqual([{ memberId: member?.id, handle: options.user.id }]);
  await drain();
  expect(mails().map(({ subject }) => subject)).toEqual(['Confirm your e-mail address on Tokenwire']);
  expect((await logInBy(as.visitor(), device)).status).toBe(303);
});

test('the session is another one than before', async ({ app, as }) => {
  const device = new Authenticator(ORIGIN);
  const browser = as.visitor();
  const asked = await ask(browser, PAGE, NEWCOMER);
  const passkey = device.create(asked.body as CreationOptions);
  const joined = await browser.post(PAGE, { ...NEWCOMER, passkey }, HERE);
  expect(cookieOf(joined)).not.toBe(cookieOf(asked));
  expect((await new Browser(app, cookieOf(asked)).get('/settings')).status).toBe(303);
});

test.for([
  ['name', 'one character', { name: 'x' }, '2 to 25 characters'],
  ['name', 'an office', { name: 'Mod-erator' }, 'reserved'],
  ['name', 'taken', { name: 'Emil' }, 'That name is taken'],
  ['name', 'a look-alike', { name: 'em1l' }, 'That name is taken'],
  ['email', 'nothing', { email: '' }, 'not an e-mail address'],
  ['email', 'a mailbox for ten minutes', { email: 'diana@mailinator.com' }, 'given to everybody'],
  ['rules', 'nothing', { rules: '' }, 'agreement'],
] as const)(
  'the %s is refused before a passkey is made, and the page says why: %s',
  async ([field, , change, reason], { as, db, make }) => {
    await make.member({ name: 'emil' });
    const browser = as.visitor();
    const typed = { ...NEWCOMER, ...change };
    expect((await ask(browser, PAGE, typed)).status).toBe(422);
    // The script sends the form as it is, then.
    const answer = await browser.submit(PAGE, [...Object.entries(typed), ['passkey', '']], '/sign-up');
    expect(answer.status).toBe(422);
    expect(answer.html).toContain(`<a href="#${field}">`);
    expect(answer.text).toContain(reason);
    expect(answer.error('password')).toBe('');
    expect([answer.field('name').value, answer.field('email').value]).toEqual([typed.name, typed.email]);
    expect(answer.field('next').value).toBe('/rules');
    expect(await db.select({ name: members.name }).from(members)).toEqual([{ name: 'emil' }]);
    expect(await db.select().from(sessions)).toEqual([]);
  },
);

test.for([
  ['another origin', { origin: 'http://evil.example' }, 'not accepted'],
  ['another site', { rpId: 'evil.example' }, 'not accepted'],
  ['nobody verified', { userVerified: false }, 'not accepted'],
  ['nobody there', { userPresent: false }, 'not accepted'],
  ['a ceremony that shows one', { type: 'webauthn.get' }, 'not accepted'],
  ['a challenge of its own', { challenge: 'AAAA' }, 'was sent twice'],
  ['an id longer than allowed', { credentialId: 'A'.repeat(1_368) }, 'No passkey came'],
  ['a format nobody asked for', { attestation: ['android-key', new Map()] }, 'not accepted'],
  ['a certificate', { attestation: ['packed', new Map([['x5c', []]])] }, 'not accepted'],
  ['a statement beside "none"', { attestation: ['none', new Map([['a', 1]])] }, 'not accepted'],
] as const)('%s opens no account, and nothing typed is lost', async ([, quirks, reason], { as, db }) => {
  const browser = as.visitor();
  const answer = await join(browser, new Authenticator(ORIGIN), quirks);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(reason);
  for (const typed of ['value="diana_f"', 'value="Diana@Example.org"', 'value="1" required checked'])
    expect(answer.text).toContain(typed);
  expect(await db.select().from(members)).toEqual([]);
  expect(await db.select().from(passkeyHandles)).toEqual([]);
});

test('the id inside of what was signed counts, not the one around it', async ({ as, db }) => {
  const device = new Authenticator(ORIGIN);
  const browser = as.visitor();
  const made = device.create(await askToMake(browser, PAGE, NEWCOMER), { credentialId: 'A'.repeat(1_400) });
  const passkey = JSON.stringify({ ...(JSON.parse(made) as object), id: 'AAAA', rawId: 'AAAA' });
  expect((await browser.post(PAGE, { ...NEWCOMER, passkey }, HERE)).status).toBe(422);
  expect(await db.select().from(members)).toEqual([]);
});

test('ways to the device that nobody knows are dropped', async ({ as, db }) => {
  const transports = ['usb', 'carrier-pigeon', 'usb', '<script>'];
  await join(as.visitor(), new Authenticator(ORIGIN), { transports, backedUp: true });
  expect(await db.select().from(passkeys)).toMatchObject([{ transports: ['usb'], backedUp: true }]);
});

test('an answer opens one account', async ({ as, db }) => {
  const browser = as.visitor();
  const device = new Authenticator(ORIGIN);
  const asked = await ask(browser, PAGE, NEWCOMER);
  const passkey = device.create(asked.body as CreationOptions);
  const sent = await Promise.all(
    [1, 2, 3, 4].map((n) => browser.post(PAGE, { ...NEWCOMER, name: `diana_${n}${n}`, passkey }, HERE)),
  );
  expect(sent.map(({ status }) => status).toSorted()).toEqual([303, 422, 422, 422]);
  expect(await db.select().from(members)).toHaveLength(1);
});

test('who took the name meanwhile keeps it', async ({ as, db, make }) => {
  const browser = as.visitor();
  const passkey = new Authenticator(ORIGIN).create(await askToMake(browser, PAGE, NEWCOMER));
  await make.member({ name: 'Diana_F' });
  const answer = await browser.post(PAGE, { ...NEWCOMER, passkey }, HERE);
  expect([answer.status, answer.text.includes('That name is taken')]).toEqual([422, true]);
  expect(await db.select().from(passkeys)).toEqual([]);
});

test('a passkey that logs in another member opens no account beside theirs', async ({
  app,
  as,
  db,
  make,
}) => {
  const device = await givePasskey(app, await make.member());
  const answer = await join(as.visitor(), device);
  expect([answer.status, answer.text.includes('belongs to an account already')]).toEqual([409, true]);
  expect(answer.text).toContain('value="diana_f"');
  expect(await db.select().from(members)).toHaveLength(1);
});

test('whether an address has an account is told to nobody but its owner', async ({
  as,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'somebody', email: 'diana@example.org' });
  const browser = as.visitor();
  expect((await join(browser, new Authenticator(ORIGIN))).status).toBe(303);
  await drain();
  expect(mails().map(({ to, subject }) => [to, subject])).toEqual([
    ['diana@example.org', 'Your address was used to sign up on Tokenwire'],
  ]);
});

test('where no mails are sent, the account needs no confirmation, and a taken address is refused', async ({
  db,
  forum,
  make,
}) => {
  const app = await forum.build({ mailer: null });
  await app.ready();
  expect((await join(new Browser(app), new Authenticator(ORIGIN))).status).toBe(303);
  const [row] = await db.select().from(members);
  expect(row?.confirmedAt).not.toBeNull();
  await db.delete(members);
  await make.member({ email: 'diana@example.org' });
  const refused = await join(new Browser(app), new Authenticator(ORIGIN));
  expect([refused.status, refused.text.includes('This address cannot be used.')]).toEqual([422, true]);
  await app.close();
});

test('while the forum takes no new members, nobody is asked', async ({ app, as, db }) => {
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, signUp: 'closed' } });
  await app.site.refresh();
  expect((await ask(as.visitor(), PAGE, NEWCOMER)).status).toBe(403);
  const answer = await as.visitor().post(PAGE, NEWCOMER, HERE);
  expect([answer.status, answer.text.includes('takes no new members')]).toEqual([403, true]);
  expect((await as.visitor().visit('/sign-up')).document.querySelector('[data-ceremony]')).toBeNull();
});

test('who is logged in is not asked', async ({ as }) => {
  const browser = await as.member();
  expect((await ask(browser, PAGE, NEWCOMER)).status).toBe(409);
  expect((await browser.post(PAGE, NEWCOMER, HERE)).status).toBe(409);
});

test('the budget of sign-ups holds for asking and for sending', async ({ forum }) => {
  const app = await forum.build({ budgets: { ...BUDGETS, 'sign-up': { max: 3, seconds: 600 } } });
  await app.ready();
  const browser = new Browser(app);
  const statuses = [];
  for (const path of [`${PAGE}/options`, PAGE, `${PAGE}/options`, PAGE])
    statuses.push((await browser.post(path, { ...NEWCOMER, passkey: '' }, HERE)).status);
  expect(statuses).toEqual([200, 422, 200, 429]);
  await app.close();
});
