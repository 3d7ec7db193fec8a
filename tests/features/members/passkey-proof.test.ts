// "Confirm it is you" by a passkey.
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { cookieOf, giveTwoStep } from './factors.ts';
import { askToShow, givePasskey, HERE, logInBy } from './passkeys.ts';

const PAGE = '/confirm-identity/passkey';
const PASSWORD = 'a short sentence';

test.for([
  ['a passkey alone', { password: false, code: false, passkey: true }],
  ['a passkey and a password', { password: true, code: false, passkey: true }],
  ['a passkey and an app', { password: false, code: true, passkey: true }],
  ['all three', { password: true, code: true, passkey: true }],
  ['no passkey', { password: true, code: false, passkey: false }],
  ['nothing', { password: false, code: false, passkey: false }],
] as const)('who has %s is offered what can be shown', async ([, has], { app, as, clock, make }) => {
  const member = await make.member(has.password ? { password: PASSWORD } : {});
  if (has.code) await giveTwoStep(app, member);
  if (has.passkey) await givePasskey(app, member);
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  const { document, main } = await browser.visit('/confirm-identity?next=/settings/two-step');
  const button = document.querySelector('[data-ceremony="get"]');
  const offered = {
    password: document.querySelector('[name="password"]') !== null,
    code: document.querySelector('[name="code"]') !== null,
    passkey: button !== null,
  };
  expect(offered).toEqual(has);
  expect(main.includes('Log out and in again')).toBe(!has.password && !has.code && !has.passkey);
  if (button)
    expect(button.closest('form')?.querySelector('[name="next"]')?.getAttribute('value')).toBe(
      '/settings/two-step',
    );
});

test('their passkey proves it, under another session id, and leads back', async ({
  app,
  as,
  clock,
  make,
}) => {
  const member = await make.member();
  const device = await givePasskey(app, member);
  const browser = as.visitor();
  const before = cookieOf(await logInBy(browser, device));
  clock.advance({ minutes: 16 });
  expect((await browser.visit('/settings/passkeys')).url).toBe(
    '/confirm-identity?next=%2Fsettings%2Fpasskeys',
  );
  const options = await askToShow(browser, PAGE);
  // Theirs and no other: there is an account to choose no more.
  expect(options.allowCredentials).toEqual([
    { id: device.credentialId, type: 'public-key', transports: ['internal'] },
  ]);
  expect(options.userVerification).toBe('required');
  const passkey = device.get(options, { userHandle: null });
  const answer = await browser.post(PAGE, { passkey, next: '/settings/passkeys' }, HERE);
  expect(answer.headers.location).toBe('/settings/passkeys');
  expect((await browser.visit('/settings/passkeys')).url).toBe('/settings/passkeys');
  expect(cookieOf(answer)).not.toBe(before);
  expect((await new Browser(app, before).get('/settings')).status).toBe(303);
});

test.for([
  ['nobody verified', { userVerified: false }, 'not accepted'],
  ['another origin', { origin: 'http://evil.example' }, 'not accepted'],
  ['another site', { rpId: 'evil.example' }, 'not accepted'],
  ['another member', { userHandle: 'c29tZWJvZHkgZWxzZQ' }, 'not accepted'],
  ['a challenge of its own', { challenge: 'AAAA' }, 'was sent twice'],
  ['a counter that went back', { counter: 4 }, 'looks like a copy'],
] as const)('%s proves nothing', async ([, quirks, reason], { app, as, clock, make }) => {
  const member = await make.member();
  const device = await givePasskey(app, member, { counter: 5 });
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  const passkey = device.get(await askToShow(browser, PAGE), { counter: 6, ...quirks });
  const answer = await browser.post(PAGE, { passkey, next: '/settings/passkeys' }, HERE);
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(reason);
  expect(answer.text).toContain('name="next" value="/settings/passkeys"');
  expect((await browser.visit('/settings/passkeys')).url).toContain('/confirm-identity');
});

test("somebody else's passkey proves nothing, and logs in nobody else", async ({ app, as, clock, make }) => {
  const member = await make.member({ name: 'diana_f' });
  await givePasskey(app, member);
  const theirs = await givePasskey(app, await make.member());
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  const passkey = theirs.get(await askToShow(browser, PAGE));
  const answer = await browser.post(PAGE, { passkey }, HERE);
  expect([answer.status, answer.text.includes('not known here')]).toEqual([422, true]);
  const still = await browser.visit('/settings/passkeys');
  expect([still.url.includes('/confirm-identity'), still.text.includes('diana_f')]).toEqual([true, true]);
});

test('it leads nowhere else, and is for members', async ({ app, as, make }) => {
  const member = await make.member();
  const device = await givePasskey(app, member);
  const browser = await as.member(member);
  const passkey = device.get(await askToShow(browser, PAGE));
  const answer = await browser.post(PAGE, { passkey, next: 'https://evil.example/' }, HERE);
  expect(answer.headers.location).toBe('/');
  for (const path of [PAGE, `${PAGE}/options`])
    expect((await as.visitor().post(path)).headers.location).toContain('/sign-in');
});

test('the budget of sign-ins holds here', async ({ forum, make, app }) => {
  const member = await make.member();
  const device = await givePasskey(app, member);
  const strict = await forum.build({ budgets: { ...BUDGETS, 'sign-in': { max: 2, seconds: 600 } } });
  await strict.ready();
  const browser = new Browser(strict);
  await logInBy(browser, device);
  const statuses = [];
  for (let n = 0; n < 3; n += 1) statuses.push((await browser.post(PAGE, { passkey: '' }, HERE)).status);
  expect(statuses).toEqual([422, 422, 429]);
  await strict.close();
});
