// Two-step login in the settings: turned on with an app, given new recovery codes, turned off.
import { eq } from 'drizzle-orm';
import { recoveryCodes, sessions, totpFactors } from '../../../src/db/schema/index.ts';
import { sweepSessions } from '../../../src/features/members/jobs.ts';
import type { Page } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { codeAt, cookieOf, giveTwoStep, wrongCode } from './factors.ts';

const PASSWORD = 'a short sentence';

/** The key as the set-up page shows it, and as its link says it. */
function keyOn(page: Page): string {
  const shown = (page.document.querySelector('code.key')?.textContent ?? '').replaceAll(' ', '');
  const href = page.document.querySelector('a[href^="otpauth:"]')?.getAttribute('href') ?? '';
  expect(new URL(href).searchParams.get('secret')).toBe(shown);
  return shown;
}

function codesOn(page: Page): string[] {
  return [...page.document.querySelectorAll('.codes code')].map((code) => code.textContent ?? '');
}

test('a member turns it on: key into the app, a code back, ten recovery codes, and a mail', async ({
  as,
  clock,
  db,
  make,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f', email: 'diana@example.org' });
  const page = await (
    await (await as.member(member)).visit('/settings/account')
  ).follow('Set up two-step login');
  expect(page.url).toBe('/settings/two-step');
  const setUp = await page.press('Set up');
  const key = keyOn(setUp);
  expect(setUp.document.querySelector('code.key')?.textContent).toMatch(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(setUp.document.querySelectorAll('.qr svg path')).toHaveLength(1);
  expect(setUp.headers['cache-control']).toBe('no-store');
  // It counts for nothing yet, and stays the same when the page is loaded again.
  expect(keyOn(await setUp.browser.visit('/settings/two-step'))).toBe(key);
  expect((await setUp.browser.visit('/settings/account')).main).toContain('Off. With it');

  const done = await setUp.press('Turn on', { code: codeAt(key, clock.now()) });
  expect(done.status).toBe(200);
  expect(done.headers['cache-control']).toBe('no-store');
  expect(done.main).toContain('Two-step login is on.');
  expect(new Set(codesOn(done)).size).toBe(10);
  expect((await done.follow('I have kept them')).main).toContain(
    'On since 3 April 2026. Recovery codes left: 10.',
  );
  expect(await db.select({ at: totpFactors.confirmedAt }).from(totpFactors)).toEqual([{ at: clock.now() }]);
  await drain();
  const [mail, ...more] = mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({
    to: 'diana@example.org',
    subject: 'Two-step login on Tokenwire was turned on',
  });
  expect(mail?.text).toContain('3 April 2026, 14:30 UTC');
});

test('a wrong code turns nothing on and leaves the key as it is', async ({ as, clock, db }) => {
  const page = await (await (await as.member()).visit('/settings/two-step')).press('Set up');
  const key = keyOn(page);
  for (const code of ['', '12345', 'abcdef', '１２３４５６', wrongCode(key, clock.now())]) {
    const answer = await page.press('Turn on', { code });
    expect(answer.status).toBe(422);
    expect(answer.error('code')).not.toBe('');
    expect(answer.field('code').value).toBe('');
    expect(keyOn(answer)).toBe(key);
  }
  expect(await db.select({ at: totpFactors.confirmedAt }).from(totpFactors)).toEqual([{ at: null }]);
  expect(await db.select().from(recoveryCodes)).toEqual([]);
});

test('begun again, it is another key, and a code of the first is none', async ({ as, clock }) => {
  const first = await (await (await as.member()).visit('/settings/two-step')).press('Set up');
  const second = await first.press('Begin again with another key');
  expect(keyOn(second)).not.toBe(keyOn(first));
  expect((await second.press('Turn on', { code: codeAt(keyOn(first), clock.now()) })).status).toBe(422);
  expect((await second.press('Turn on', { code: codeAt(keyOn(second), clock.now()) })).status).toBe(200);
});

test('a key that nobody finished with is forgotten after an hour', async ({ app, as, clock, db, make }) => {
  const member = await make.member({ password: PASSWORD });
  const page = await (await (await as.member(member)).visit('/settings/two-step')).press('Set up');
  const key = keyOn(page);
  clock.advance({ minutes: 61 });
  await page.browser.post('/confirm-identity', { password: PASSWORD });
  const late = await page.press('Turn on', { code: codeAt(key, clock.now()) });
  expect(late.url).toBe('/settings/two-step');
  expect(late.html).not.toContain(key.slice(0, 4));
  await giveTwoStep(app, await make.member());
  await sweepSessions(db, {}, clock.now());
  const left = await db.select({ at: totpFactors.confirmedAt }).from(totpFactors);
  expect(left.map(({ at }) => at !== null)).toEqual([true]);
});

test('pressed twice at once, it is turned on once, with one set of codes', async ({ as, clock, db }) => {
  const page = await (await (await as.member()).visit('/settings/two-step')).press('Set up');
  const code = codeAt(keyOn(page), clock.now());
  const answers = await Promise.all(
    [1, 2, 3].map(() => page.browser.post('/settings/two-step/on', { code })),
  );
  expect(answers.filter(({ text }) => text.includes('class="codes"'))).toHaveLength(1);
  expect(await db.select().from(recoveryCodes)).toHaveLength(10);
});

test('what is on cannot be begun again, so that nobody swaps the key', async ({ app, as, db, make }) => {
  const member = await make.member();
  await giveTwoStep(app, member);
  const browser = await as.member(member);
  const before = await db.select().from(totpFactors);
  expect((await browser.post('/settings/two-step/start')).status).toBe(409);
  expect((await browser.post('/settings/two-step/on', { code: '000000' })).status).toBe(409);
  expect(await db.select().from(totpFactors)).toEqual(before);
});

test('what is off has no codes and cannot be turned off', async ({ as, db }) => {
  const browser = await as.member();
  expect((await browser.post('/settings/two-step/codes')).status).toBe(409);
  expect((await browser.post('/settings/two-step/off', { code: '000000' })).status).toBe(409);
  expect(await db.select().from(recoveryCodes)).toEqual([]);
});

test('new recovery codes end the old ones, and a mail says so', async ({
  app,
  as,
  db,
  drain,
  mails,
  make,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const { recovery } = await giveTwoStep(app, member);
  const page = await (await as.member(member)).visit('/settings/two-step');
  expect(page.main).toContain('10 of 10 are left.');
  const made = await page.press('Make new codes');
  const codes = codesOn(made);
  expect(made.main).toContain('The earlier codes have ended.');
  expect(codes.filter((code) => recovery.includes(code))).toEqual([]);
  expect(await db.select().from(recoveryCodes)).toHaveLength(10);
  await drain();
  expect(mails().map(({ subject }) => subject)).toEqual(['New recovery codes on Tokenwire']);
  for (const code of codes) expect(mails()[0]!.text).not.toContain(code);

  const browser = as.visitor();
  await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  expect((await browser.post('/sign-in/code', { recovery: recovery[0]! })).status).toBe(422);
  expect((await browser.post('/sign-in/code', { recovery: codes[0]! })).status).toBe(303);
});

test('of two who make new codes at once, those of one count', async ({ app, as, db, make }) => {
  const member = await make.member();
  await giveTwoStep(app, member);
  const browser = await as.member(member);
  await Promise.all([1, 2, 3].map(() => browser.post('/settings/two-step/codes')));
  expect(await db.select().from(recoveryCodes)).toHaveLength(10);
});

test.for(['code', 'recovery'] as const)(
  'it is turned off for a %s, and a mail tells',
  async (kind, { app, as, clock, db, make, drain, mails }) => {
    const member = await make.member({ name: 'diana_f', password: PASSWORD });
    const somebodyElse = await make.member();
    await giveTwoStep(app, somebodyElse);
    const { key, recovery } = await giveTwoStep(app, member);
    const page = await (await as.member(member)).visit('/settings/two-step');
    const wrong = await page.press('Turn off', { code: wrongCode(key, clock.now()) });
    expect(wrong.error('code')).toContain('not right, or has been used');

    const off =
      kind === 'code'
        ? await wrong.press('Turn off', { code: codeAt(key, clock.now()) })
        : await wrong.press('Turn off with a recovery code', { recovery: recovery[3]! });
    expect(off.main).toContain('Two-step login has been turned off.');
    expect(off.main).toContain('Off. With it');
    expect(await db.select({ id: totpFactors.memberId }).from(totpFactors)).toEqual([
      { id: somebodyElse.id },
    ]);
    expect(await db.select().from(recoveryCodes).where(eq(recoveryCodes.memberId, member.id))).toEqual([]);
    expect(
      (await as.visitor().post('/sign-in', { name: 'diana_f', password: PASSWORD })).headers.location,
    ).toBe('/');
    await drain();
    expect(
      mails()
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual([
      ...(kind === 'recovery' ? ['A recovery code was used on Tokenwire'] : []),
      'Two-step login on Tokenwire was turned off',
    ]);
  },
);

test('turning it on and off gives the browser another session', async ({ as, clock, db }) => {
  const browser = await as.member();
  const idOf = async () => (await db.select({ id: sessions.idHash }).from(sessions)).map(({ id }) => id);
  const page = await (await browser.visit('/settings/two-step')).press('Set up');
  const key = keyOn(page);
  const first = await idOf();
  const on = await browser.post('/settings/two-step/on', { code: codeAt(key, clock.now()) });
  expect(cookieOf(on)).toBeDefined();
  const second = await idOf();
  clock.advance({ minutes: 1 });
  const off = await browser.post('/settings/two-step/off', { code: codeAt(key, clock.now()) });
  expect(cookieOf(off)).toBeDefined();
  const third = await idOf();
  expect(new Set([...first, ...second, ...third]).size).toBe(3);
  expect((await browser.get('/settings')).status).toBe(200);
});

test('a visitor has none of it', async ({ as }) => {
  const visitor = as.visitor();
  expect((await visitor.get('/settings/two-step')).headers.location).toContain('/sign-in?next=');
  for (const step of ['start', 'on', 'codes', 'off'])
    expect((await visitor.post(`/settings/two-step/${step}`)).headers.location).toContain('/sign-in');
});
