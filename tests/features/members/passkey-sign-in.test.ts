// Logging in by a passkey alone: who is let in, and who is not.
import { eq } from 'drizzle-orm';
import {
  members,
  passkeyChallenges,
  passkeyHandles,
  passkeys,
  sessions,
} from '../../../src/db/schema/index.ts';
import { sweepSessions } from '../../../src/features/members/jobs.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Authenticator } from '../../support/authenticator.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { cookieOf, giveTwoStep } from './factors.ts';
import { LAPTOP } from './logging-in.ts';
import { sanction } from './sanctions.ts';
import { ask, askToMake, askToShow, givePasskey, HERE, logInBy, ORIGIN } from './passkeys.ts';

const PAGE = '/sign-in/passkey';

test('the passkey of a device logs its member in, and leads to where they were', async ({
  app,
  as,
  clock,
  db,
  make,
}) => {
  const device = await givePasskey(app, await make.member({ name: 'diana_f' }), { counter: 6 });
  const browser = as.visitor();
  const form = await browser.visit('/sign-in?next=/rules');
  expect(form.document.querySelector('[data-ceremony]')?.getAttribute('data-options')).toBe(
    `${PAGE}/options`,
  );
  expect(form.main).toContain('takes JavaScript');
  const options = await askToShow(browser, PAGE);
  // Whoever holds the device chooses: nobody is told which accounts there are.
  expect(options).toMatchObject({ rpId: 'forum.example', userVerification: 'required', timeout: 300_000 });
  expect(options.allowCredentials).toEqual([]);
  const passkey = device.get(options, { counter: 7, backedUp: true });
  const answer = await browser.post(PAGE, { passkey, next: '/rules' }, HERE);
  expect([answer.status, answer.headers.location]).toEqual([303, '/rules']);
  expect((await browser.visit('/')).text).toContain('diana_f');
  const [row] = await db.select().from(passkeys);
  expect(row).toMatchObject({ counter: 7, backedUp: true, lastUsedAt: clock.now(), copiedAt: null });
});

test('no code is asked after it: it is two factors by itself', async ({ app, as, make }) => {
  const member = await make.member({ password: 'a short sentence' });
  await giveTwoStep(app, member);
  const browser = as.visitor();
  await logInBy(browser, await givePasskey(app, member));
  // Nor is it asked whether it is them, for a quarter of an hour.
  expect((await browser.visit('/settings/two-step')).url).toBe('/settings/two-step');
});

test('it leads nowhere else', async ({ app, as, make }) => {
  const device = await givePasskey(app, await make.member());
  const browser = as.visitor();
  const passkey = device.get(await askToShow(browser, PAGE));
  const answer = await browser.post(PAGE, { passkey, next: '//evil.example' }, HERE);
  expect(answer.headers.location).toBe('/');
});

test('the browser gets another session than the one it was asked in', async ({ app, as, make }) => {
  const device = await givePasskey(app, await make.member());
  const browser = as.visitor();
  const asked = await ask(browser, PAGE);
  const before = cookieOf(asked);
  const passkey = device.get(asked.body as Parameters<typeof device.get>[0]);
  const after = cookieOf(await browser.post(PAGE, { passkey }, HERE));
  expect([before === undefined, after === undefined, after === before]).toEqual([false, false, false]);
  expect((await new Browser(app, before).get('/settings')).headers.location).toContain('/sign-in?');
  expect((await new Browser(app, after).get('/settings')).status).toBe(200);
});

test('a visitor who only looks at the page gets no session', async ({ as, db }) => {
  await as.visitor().visit('/sign-in');
  expect(await db.select().from(sessions)).toEqual([]);
});

test('a login from a new device is told by mail, as after a password', async ({
  app,
  as,
  make,
  drain,
  mails,
}) => {
  const device = await givePasskey(app, await make.member({ email: 'diana@example.org' }));
  const browser = as.visitor();
  const passkey = device.get(await askToShow(browser, PAGE));
  await browser.post(PAGE, { passkey }, { ...HERE, 'user-agent': LAPTOP });
  await drain();
  expect(mails().map(({ to, subject }) => [to, subject])).toEqual([
    ['diana@example.org', 'New login to your account on Tokenwire'],
  ]);
  expect(mails()[0]?.text).toContain('Firefox on Windows');
});

test('a suspended member logs in, as by password: to read, and to appeal', async ({
  app,
  as,
  clock,
  db,
  make,
}) => {
  const member = await make.member();
  await sanction(db, member, 'suspension', { startsAt: clock.now(), endsAt: null });
  const browser = as.visitor();
  expect((await logInBy(browser, await givePasskey(app, member))).status).toBe(303);
  expect((await browser.get('/settings')).status).toBe(200);
});

test.for([
  ['another origin', { origin: 'http://evil.example' }, 'not accepted'],
  ['another port', { origin: 'http://forum.example:8080' }, 'not accepted'],
  ['another scheme', { origin: 'https://forum.example' }, 'not accepted'],
  ['another site', { rpId: 'evil.example' }, 'not accepted'],
  ['nobody verified', { userVerified: false }, 'not accepted'],
  ['nobody there', { userPresent: false, userVerified: false }, 'not accepted'],
  ['a ceremony that makes one', { type: 'webauthn.create' }, 'not accepted'],
  ['no member', { userHandle: null }, 'not accepted'],
  ['another member', { userHandle: 'c29tZWJvZHkgZWxzZQ' }, 'not accepted'],
  ['a wrong signature', { signWith: new Authenticator('x').privateKey }, 'not accepted'],
  [
    'a challenge of its own',
    { challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' },
    'too long, or was sent twice',
  ],
  ['a passkey nobody has', { credentialId: 'bm9ib2R5' }, 'not known here'],
] as const)('%s logs in nobody', async ([, quirks, reason], { app, as, db, make }) => {
  const device = await givePasskey(app, await make.member());
  const browser = as.visitor();
  const answer = await logInBy(browser, device, quirks);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(reason);
  expect((await browser.get('/settings')).headers.location).toContain('/sign-in?');
  expect(await db.select({ used: passkeys.lastUsedAt }).from(passkeys)).toEqual([{ used: null }]);
});

test('an answer logs in once, and so does a challenge that was answered wrongly', async ({
  app,
  as,
  make,
}) => {
  const device = await givePasskey(app, await make.member());
  for (const first of [{}, { userVerified: false }]) {
    const browser = as.visitor();
    const asked = await ask(browser, PAGE);
    const options = asked.body as Parameters<typeof device.get>[0];
    const passkey = device.get(options);
    await browser.post(PAGE, { passkey: device.get(options, first) }, HERE);
    // The same session, as whoever has read it along would send it; and another one.
    for (const other of [new Browser(app, cookieOf(asked)), as.visitor()]) {
      const again = await other.post(PAGE, { passkey }, HERE);
      expect(again.status).toBe(422);
      expect(again.text).toContain('was sent twice');
    }
  }
});

test('of an answer that is sent ten times at once, one logs in', async ({ app, as, make }) => {
  const device = await givePasskey(app, await make.member());
  const browser = as.visitor();
  const passkey = device.get(await askToShow(browser, PAGE));
  const answers = await Promise.all(Array.from({ length: 10 }, () => browser.post(PAGE, { passkey }, HERE)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, ...Array<number>(9).fill(422)]);
});

test('a challenge is for the session that asked', async ({ app, as, make }) => {
  const device = await givePasskey(app, await make.member());
  const [mine, theirs] = [as.visitor(), as.visitor()];
  const options = await askToShow(mine, PAGE);
  await askToShow(theirs, PAGE);
  const passkey = device.get(options);
  expect((await theirs.post(PAGE, { passkey }, HERE)).status).toBe(422);
  expect((await as.visitor().post(PAGE, { passkey }, HERE)).status).toBe(422);
  // Theirs did not use it up.
  expect((await mine.post(PAGE, { passkey }, HERE)).status).toBe(303);
});

test('a challenge is for what it was asked for', async ({ app, as, make }) => {
  const member = await make.member();
  const device = await givePasskey(app, member);
  // In the same session: to sign up, used to log in; and the other way round.
  const visitor = as.visitor();
  const options = await askToShow(visitor, PAGE);
  const toMake = await signUpOptions(visitor);
  const passkey = device.get(options, { challenge: toMake.challenge });
  expect((await visitor.post(PAGE, { passkey }, HERE)).text).toContain('was sent twice');
  const made = new Authenticator(ORIGIN).create(toMake, { challenge: options.challenge });
  const joined = await visitor.post('/sign-up/passkey', { ...NEWCOMER, passkey: made }, HERE);
  expect([joined.status, joined.text.includes('was sent twice')]).toEqual([422, true]);
  // Asked to add one, used to prove who it is.
  const own = await as.member(member);
  const { challenge } = await askToMake(own, '/settings/passkeys', { label: 'Laptop' });
  const shown = device.get(await askToShow(own, '/confirm-identity/passkey'), { challenge });
  expect((await own.post('/confirm-identity/passkey', { passkey: shown }, HERE)).status).toBe(422);
});

const NEWCOMER = { name: 'emil', email: 'emil@example.org', rules: '1' };

async function signUpOptions(browser: Browser) {
  return (await ask(browser, '/sign-up/passkey', NEWCOMER)).body as Parameters<Authenticator['create']>[0];
}

test.for([
  ['five minutes', { minutes: 5 }, 303],
  ['a second more', { minutes: 5, seconds: 1 }, 422],
] as const)('a device has %s', async ([, passed, status], { app, as, clock, make }) => {
  const device = await givePasskey(app, await make.member());
  const browser = as.visitor();
  const passkey = device.get(await askToShow(browser, PAGE));
  clock.advance(passed);
  expect((await browser.post(PAGE, { passkey }, HERE)).status).toBe(status);
});

test('a session that began to be asked long ago is kept for the next challenge', async ({
  app,
  as,
  clock,
  make,
}) => {
  const device = await givePasskey(app, await make.member());
  const browser = as.visitor();
  await askToShow(browser, PAGE);
  clock.advance({ minutes: 8 });
  const passkey = device.get(await askToShow(browser, PAGE));
  clock.advance({ minutes: 4 });
  expect((await browser.post(PAGE, { passkey }, HERE)).status).toBe(303);
});

test('challenges go with their time and with their session', async ({ as, clock, db }) => {
  await askToShow(as.visitor(), PAGE);
  clock.advance({ minutes: 5, seconds: 1 });
  await askToShow(as.visitor(), PAGE);
  await sweepSessions(db, {}, clock.now());
  expect(await db.select().from(passkeyChallenges)).toHaveLength(1);
  await db.delete(sessions);
  expect(await db.select().from(passkeyChallenges)).toEqual([]);
});

test.for([
  [0, 0, 303],
  [0, 1, 303],
  [5, 6, 303],
  [5, 5, 422],
  [5, 4, 422],
  [5, 0, 422],
] as const)(
  'after %i signatures, one that says %i',
  async ([before, said, status], { app, as, clock, db, make }) => {
    const member = await make.member();
    const device = await givePasskey(app, member, { counter: before });
    const answer = await logInBy(as.visitor(), device, { counter: said });
    expect(answer.status).toBe(status);
    const [row] = await db.select().from(passkeys);
    const copied = status === 422;
    expect(row).toMatchObject({ counter: copied ? before : said, copiedAt: copied ? clock.now() : null });
    if (!copied) return;
    expect(answer.text).toContain('looks like a copy');
    const own = await (await as.member(member)).visit('/settings/account');
    expect(own.main).toContain('Perhaps copied. On 3 April 2026, 14:30 UTC');
  },
);

test('nobody without the key can make a passkey look copied', async ({ app, as, db, make }) => {
  const device = await givePasskey(app, await make.member(), { counter: 5 });
  const signWith = new Authenticator('x').privateKey;
  await logInBy(as.visitor(), device, { counter: 1, signWith });
  expect(await db.select({ at: passkeys.copiedAt }).from(passkeys)).toEqual([{ at: null }]);
});

test("a removed passkey logs in nobody, nor does a gone member's", async ({ app, as, db, make }) => {
  const member = await make.member();
  const device = await givePasskey(app, member);
  await db.delete(passkeys);
  expect((await logInBy(as.visitor(), device)).text).toContain('was removed');
  const other = await make.member();
  const gone = await givePasskey(app, other);
  await db.delete(members).where(eq(members.id, other.id));
  expect((await logInBy(as.visitor(), gone)).status).toBe(422);
  expect(await db.select().from(passkeyHandles)).toHaveLength(1);
});

const INSIDE = { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA' };
const OUTSIDE = { id: 'AA', rawId: 'AA', type: 'public-key' };
test.for([
  ['nothing', ''],
  ['no JSON', '{'],
  ['null', 'null'],
  ['a list', '[]'],
  ['a number', '7'],
  ['no answer in it', JSON.stringify(OUTSIDE)],
  ['no challenge in it', JSON.stringify({ ...OUTSIDE, response: INSIDE })],
  [
    'client data that is none',
    JSON.stringify({ ...OUTSIDE, response: { ...INSIDE, clientDataJSON: 'AAAA' } }),
  ],
  ['objects for texts', JSON.stringify({ id: {}, rawId: [], type: 'public-key', response: INSIDE })],
  ['an enormous one', JSON.stringify({ ...OUTSIDE, id: 'A'.repeat(100_000), response: INSIDE })],
  [
    'an enormous signature',
    JSON.stringify({ ...OUTSIDE, response: { ...INSIDE, signature: 'A'.repeat(100_000) } }),
  ],
  ['deep JSON', '['.repeat(8_000)],
  ['NUL', '\u0000'],
] as const)('%s is answered with the page', async ([, passkey], { as }) => {
  const browser = as.visitor();
  await askToShow(browser, PAGE);
  const answer = await browser.post(PAGE, { passkey, next: '/rules' }, HERE);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain('No passkey came with that.');
  expect(answer.text).toContain('name="next" value="/rules"');
});

test.for([
  ['authenticatorData', ''],
  ['authenticatorData', 'AAAA'],
  ['signature', 'AAAA'],
  ['clientDataJSON', undefined],
] as const)('an answer with a broken %s (%s) is refused', async ([field, value], { app, as, make }) => {
  const device = await givePasskey(app, await make.member());
  const browser = as.visitor();
  const whole = JSON.parse(device.get(await askToShow(browser, PAGE))) as { response: object };
  const passkey = JSON.stringify({ ...whole, response: { ...whole.response, [field]: value } });
  expect((await browser.post(PAGE, { passkey }, HERE)).status).toBe(422);
});

test('who is logged in is not asked', async ({ as }) => {
  const browser = await as.member();
  expect((await ask(browser, PAGE)).status).toBe(409);
  expect((await browser.post(PAGE, {}, HERE)).status).toBe(409);
});

test('forms of other sites are refused', async ({ as }) => {
  for (const path of [PAGE, `${PAGE}/options`]) {
    const answer = await as.visitor().post(path, {}, { 'sec-fetch-site': 'cross-site' });
    expect(answer.status).toBe(403);
  }
});

test('requests are counted here, and not as guesses', async ({ forum, make, app }) => {
  const device = await givePasskey(app, await make.member());
  const few = { max: 2, seconds: 600 };
  for (const [budgets, last] of [
    [{ 'no-guess': few }, 429],
    [{ 'sign-in': few, 'sign-ins-a-day': few, account: few }, 303],
  ] as const) {
    const strict = await forum.build({ budgets: { ...BUDGETS, ...budgets } });
    await strict.ready();
    const statuses = [];
    for (const userVerified of [false, false, true])
      statuses.push((await logInBy(new Browser(strict), device, { userVerified })).status);
    expect(statuses).toEqual([422, 422, last]);
    await strict.close();
  }
});
