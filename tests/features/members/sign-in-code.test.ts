// Logging in in two steps, and everything that must not get past the second.
import { eq } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { members, posts, recoveryCodes, sessions } from '../../../src/db/schema/index.ts';
import { createPasswords } from '../../../src/lib/passwords.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test, type As } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { codeAt, cookieOf, giveTwoStep, wrongCode } from './factors.ts';
import { linkIn } from './mail-links.ts';

const PASSWORD = 'a short sentence';
const CODE_PAGE = '/sign-in/code';

async function diana(app: FastifyInstance, make: Make, facts: Parameters<Make['member']>[0] = {}) {
  const member = await make.member({ name: 'diana_f', password: PASSWORD, ...facts });
  return { member, ...(await giveTwoStep(app, member)) };
}

/** A browser whose password was right. */
async function pastPassword(as: As, next = '/') {
  const browser = as.visitor();
  const answer = await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD, next });
  expect(answer.headers.location).toBe(`${CODE_PAGE}?next=${encodeURIComponent(next)}`);
  return { browser, cookie: cookieOf(answer)! };
}

const isSignedIn = async (browser: Browser) => (await browser.get('/settings')).status === 200;

test('password, code, and the page that was asked for', async ({ app, as, clock, make }) => {
  const { key } = await diana(app, make);
  const asked = await as.visitor().visit('/inbox?show=unread');
  const second = await asked.press('Log in', { name: 'diana_f', password: PASSWORD }, 'main');
  expect(second.url).toBe(`${CODE_PAGE}?next=%2Finbox%3Fshow%3Dunread`);
  expect(second.headers['cache-control']).toBe('no-store');
  // As an app shows it, with a space in the middle.
  const code = codeAt(key, clock.now()).replace(/(...)/, '$1 ');
  const there = await second.press('Log in', { code }, 'main');
  expect([there.status, there.url]).toEqual([200, '/inbox?show=unread']);
  expect(await isSignedIn(there.browser)).toBe(true);
});

test('without two-step login, one step is all; a key that nobody has confirmed asks nothing', async ({
  as,
  make,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await (await as.member(member)).post('/settings/two-step/start');
  const browser = as.visitor();
  const answer = await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  expect(answer.headers.location).toBe('/');
  expect(await isSignedIn(browser)).toBe(true);
});

test("between the steps the browser is a visitor: it reads no settings, writes nothing, and no session is a member's", async ({
  app,
  as,
  db,
  make,
}) => {
  const { member } = await diana(app, make);
  const topic = await make.topic();
  const { browser } = await pastPassword(as);
  for (const path of ['/settings', '/settings/two-step', '/inbox', '/submit', '/confirm-identity'])
    expect((await browser.get(path)).headers.location, path).toContain('/sign-in?next=');
  for (const path of ['/settings', '/settings/password', '/settings/two-step/off', '/confirm-identity'])
    expect((await browser.post(path, { body: 'x', code: '000000' })).headers.location, path).toContain(
      '/sign-in',
    );
  // Forms of writing come back to visitors with their text; nothing is posted.
  for (const path of ['/submit', `/t/${topic.id}/reply`]) {
    const answers = await Promise.all([browser, as.visitor()].map((each) => each.post(path, { body: 'x' })));
    expect(answers[0]?.status, path).toBe(answers[1]?.status);
  }
  expect(await db.$count(posts)).toBe(1);
  expect((await browser.visit('/')).text).toContain('Log in');
  const rows = await db.select({ memberId: sessions.memberId }).from(sessions);
  expect(rows).toEqual([{ memberId: null }]);
  expect((await browser.visit('/')).text).not.toContain(member.name);
});

test('every step has a session id of its own, and those before are worth nothing', async ({
  app,
  as,
  clock,
  make,
}) => {
  const { key } = await diana(app, make);
  const first = await pastPassword(as);
  const again = await first.browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
  const pending = cookieOf(again)!;
  expect(pending).not.toBe(first.cookie);
  const done = await first.browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) });
  const signedIn = cookieOf(done)!;
  expect(new Set([first.cookie, pending, signedIn]).size).toBe(3);
  // Whoever planted or saw one of the earlier ids has nothing of it, neither as a member nor for another code.
  clock.advance({ minutes: 1 });
  for (const cookie of [first.cookie, pending]) {
    const thief = new Browser(app, cookie);
    expect(await isSignedIn(thief)).toBe(false);
    expect((await thief.post(CODE_PAGE, { code: codeAt(key, clock.now()) })).headers.location).toContain(
      '/sign-in?',
    );
  }
  expect(await isSignedIn(new Browser(app, signedIn))).toBe(true);
});

test('a code is taken once: neither later, nor on another device, nor at the same instant', async ({
  app,
  as,
  clock,
  make,
}) => {
  const { key } = await diana(app, make);
  const code = codeAt(key, clock.now());
  const many = await Promise.all(Array.from({ length: 8 }, () => pastPassword(as)));
  const answers = await Promise.all(many.map(({ browser }) => browser.post(CODE_PAGE, { code })));
  expect(answers.map(({ status }) => status).sort()).toEqual([303, ...Array.from({ length: 7 }, () => 422)]);
  const signedIn = await Promise.all(many.map(({ browser }) => isSignedIn(browser)));
  expect(signedIn.filter(Boolean)).toHaveLength(1);

  clock.advance({ seconds: 25 });
  const { browser } = await pastPassword(as);
  const replayed = await (await browser.visit(CODE_PAGE)).press('Log in', { code }, 'main');
  expect(replayed.status).toBe(422);
  expect(replayed.error('code')).toContain('has been used');
});

test('after a code of now, one of the step before is too late, and the next one is good', async ({
  app,
  as,
  clock,
  make,
}) => {
  const { key } = await diana(app, make);
  const before = codeAt(key, clock.ago({ seconds: 30 }));
  expect(
    (await (await pastPassword(as)).browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) })).status,
  ).toBe(303);
  const { browser } = await pastPassword(as);
  expect((await browser.post(CODE_PAGE, { code: before })).status).toBe(422);
  clock.advance({ seconds: 30 });
  expect((await browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) })).status).toBe(303);
});

test('the code that turned it on does not log in as well', async ({ as, clock, make }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = await as.member(member);
  const page = await (await browser.visit('/settings/two-step')).press('Set up');
  const key = (page.document.querySelector('code.key')?.textContent ?? '').replaceAll(' ', '');
  const code = codeAt(key, clock.now());
  await page.press('Turn on', { code });
  expect((await (await pastPassword(as)).browser.post(CODE_PAGE, { code })).status).toBe(422);
});

test.for([
  ['two steps behind', -60, 422],
  ['a step behind', -30, 303],
  ['in time', 0, 303],
  ['a step ahead', 30, 303],
  ['two steps ahead', 60, 422],
] as const)('a clock that is %s', async ([, seconds, status], { app, as, clock, make }) => {
  const { key } = await diana(app, make);
  const shown = new Date(clock.now().getTime() + seconds * 1_000);
  const { browser } = await pastPassword(as);
  expect((await browser.post(CODE_PAGE, { code: codeAt(key, shown) })).status).toBe(status);
});

test("another member's code is none, app or paper", async ({ app, as, clock, make }) => {
  await diana(app, make);
  const other = await giveTwoStep(app, await make.member());
  const { browser } = await pastPassword(as);
  expect((await browser.post(CODE_PAGE, { code: codeAt(other.key, clock.now()) })).status).toBe(422);
  expect((await browser.post(CODE_PAGE, { recovery: other.recovery[0]! })).status).toBe(422);
  expect(await isSignedIn(browser)).toBe(false);
});

test('a recovery code logs in once, however it is typed; a mail tells, and what is left is shown', async ({
  app,
  as,
  db,
  make,
  drain,
  mails,
}) => {
  const { member, recovery } = await diana(app, make, { email: 'diana@example.org' });
  const { browser } = await pastPassword(as);
  const page = await browser.visit(CODE_PAGE);
  const typed = ` ${recovery[4]!.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O')} `;
  const there = await page.press('Log in with a recovery code', { recovery: typed });
  expect(there.url).toBe('/');
  expect((await there.browser.visit('/settings/account')).main).toContain('Recovery codes left: 9.');
  await drain();
  expect(mails().filter(({ subject }) => subject.includes('code'))).toMatchObject([
    { to: 'diana@example.org', subject: 'A recovery code was used on Tokenwire' },
  ]);
  expect(mails()[0]?.text).toContain('3 April 2026, 14:30 UTC');

  const late = await pastPassword(as);
  const again = await (
    await late.browser.visit(CODE_PAGE)
  ).press('Log in with a recovery code', { recovery: recovery[4]! });
  expect(again.status).toBe(422);
  expect(again.error('recovery')).toContain('or it has been used');
  expect(again.field('recovery').value).toBe('');
  expect(await db.select().from(recoveryCodes).where(eq(recoveryCodes.memberId, member.id))).toHaveLength(9);
});

test('a recovery code given many times at once logs in once', async ({ app, as, db, make }) => {
  const { recovery } = await diana(app, make);
  const many = await Promise.all(Array.from({ length: 8 }, () => pastPassword(as)));
  const answers = await Promise.all(
    many.map(({ browser }) => browser.post(CODE_PAGE, { recovery: recovery[0]! })),
  );
  expect(answers.filter(({ status }) => status === 303)).toHaveLength(1);
  expect(await db.select().from(recoveryCodes)).toHaveLength(9);
});

test('after five wrong codes the password is asked again, and a right code then comes too late', async ({
  app,
  as,
  clock,
  make,
}) => {
  const { key } = await diana(app, make);
  const { browser, cookie } = await pastPassword(as, '/inbox');
  const code = wrongCode(key, clock.now());
  let page = await browser.visit(`${CODE_PAGE}?next=/inbox`);
  for (let n = 1; n <= 4; n += 1) {
    page = await page.press('Log in', { code }, 'main');
    expect(page.status).toBe(422);
  }
  const fifth = await page.press('Log in', { code }, 'main');
  expect(fifth.url).toBe('/sign-in?next=%2Finbox&again=1');
  expect(fifth.main).toContain('Log in again.');
  const late = await new Browser(app, cookie).post(CODE_PAGE, { code: codeAt(key, clock.now()) });
  expect(late.headers.location).toContain('/sign-in?');
  const second = await fifth.press('Log in', { name: 'diana_f', password: PASSWORD }, 'main');
  expect((await second.press('Log in', { code: codeAt(key, clock.now()) }, 'main')).url).toBe('/inbox');
});

test('a hundred codes at once are no more than five tries', async ({ app, as, clock, make }) => {
  const { key } = await diana(app, make);
  const { browser } = await pastPassword(as);
  const code = wrongCode(key, clock.now());
  const answers = await Promise.all(Array.from({ length: 100 }, () => browser.post(CODE_PAGE, { code })));
  // Four are told that the code is wrong; whoever comes after is sent away, whatever the code.
  expect(answers.filter(({ status }) => status === 422)).toHaveLength(4);
  expect(answers.filter(({ headers }) => headers.location?.startsWith('/sign-in?'))).toHaveLength(96);
});

test('codes that cannot be any are no tries', async ({ app, as, clock, make }) => {
  const { key } = await diana(app, make);
  const { browser } = await pastPassword(as);
  for (const typed of ['', '12345', '1234567', 'abcdef', '１２３４５６', "' or 1"])
    expect((await browser.post(CODE_PAGE, { code: typed })).status).toBe(422);
  expect((await browser.post(CODE_PAGE, { recovery: 'lost it' })).status).toBe(422);
  expect((await browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) })).status).toBe(303);
});

test('the second step waits ten minutes', async ({ app, as, clock, make }) => {
  const { key } = await diana(app, make);
  const early = await pastPassword(as);
  const late = await pastPassword(as);
  clock.advance({ minutes: 10, seconds: -1 });
  expect((await early.browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) })).headers.location).toBe(
    '/',
  );
  clock.advance({ minutes: 1 });
  const answer = await late.browser.post(CODE_PAGE, { code: codeAt(key, clock.now()), next: '/inbox' });
  expect(answer.headers.location).toBe('/sign-in?next=%2Finbox&again=1');
  expect((await late.browser.visit(CODE_PAGE)).url).toBe('/sign-in?next=%2F&again=1');
  expect(await isSignedIn(late.browser)).toBe(false);
});

test('looking at pages meanwhile does not prolong it', async ({ app, as, clock, make }) => {
  await diana(app, make);
  const { browser } = await pastPassword(as);
  for (let n = 0; n < 3; n += 1) {
    clock.advance({ minutes: 4 });
    await browser.visit('/');
  }
  expect((await browser.visit(CODE_PAGE)).url).toContain('/sign-in?');
});

test('guesses at the codes of one account are counted together, on whatever device, and end', async ({
  forum,
  clock,
  make,
}) => {
  const app = await forum.build({ budgets: { ...BUDGETS, code: { max: 2, seconds: 3_600 } } });
  await app.ready();
  const { key } = await diana(app, make);
  const code = wrongCode(key, clock.now());
  const answers = [];
  for (const guess of [code, code, codeAt(key, clock.now())]) {
    const browser = new Browser(app);
    await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD });
    answers.push(await browser.post(CODE_PAGE, { code: guess }));
  }
  expect(answers.map(({ status }) => status)).toEqual([422, 422, 429]);
  expect(Number(answers[2]?.headers['retry-after'])).toBeGreaterThan(0);
  expect(cookieOf(answers[2]!)).toBeUndefined();
  await app.close();
});

test('whoever never gave the password is asked for it', async ({ app, as, clock, make }) => {
  const { key } = await diana(app, make);
  const visitor = as.visitor();
  const answer = await visitor.post(CODE_PAGE, { code: codeAt(key, clock.now()), next: '/inbox' });
  expect(answer.headers.location).toBe('/sign-in?next=%2Finbox&again=1');
  expect((await visitor.visit(CODE_PAGE)).url).toContain('/sign-in?');
  const wrong = await visitor.post('/sign-in', { name: 'diana_f', password: 'a wrong sentence' });
  expect([wrong.status, cookieOf(wrong)]).toEqual([422, undefined]);
});

test('who is logged in is not asked, and does not become somebody else', async ({ app, as, make }) => {
  await diana(app, make);
  const browser = await as.member();
  const answer = await browser.get(`${CODE_PAGE}?next=/inbox`);
  expect(answer.headers.location).toBe('/inbox');
  expect((await browser.post(CODE_PAGE, { code: '000000' })).status).toBe(409);
});

test.for(['//evil.example', '/\\evil.example', 'https://evil.example/', '/.//evil.example'])(
  'next=%j leads nowhere else',
  async (next, { app, as, clock, make }) => {
    const { key } = await diana(app, make);
    const browser = as.visitor();
    const first = await browser.post('/sign-in', { name: 'diana_f', password: PASSWORD, next });
    expect(first.headers.location).toBe(`${CODE_PAGE}?next=%2F`);
    expect((await browser.visit(`${CODE_PAGE}?next=${encodeURIComponent(next)}`)).field('next').value).toBe(
      '/',
    );
    const done = await browser.post(CODE_PAGE, { code: codeAt(key, clock.now()), next });
    expect(done.headers.location).toBe('/');
  },
);

test('a new password by mail leaves the second step where it is, and ends sign-ins that were begun', async ({
  app,
  as,
  clock,
  make,
  drain,
  mails,
}) => {
  const { key } = await diana(app, make);
  const begun = await pastPassword(as);
  await as.visitor().post('/forgot', { name: 'diana_f' });
  await drain();
  await drain();
  const form = await as.visitor().visit(linkIn(mails()[0], '/reset'));
  await form.press('Change password', { password: 'another short sentence' });
  const over = await begun.browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) });
  expect(over.headers.location).toContain('/sign-in?');

  const browser = as.visitor();
  const answer = await browser.post('/sign-in', { name: 'diana_f', password: 'another short sentence' });
  expect(answer.headers.location).toContain(CODE_PAGE);
  expect(await isSignedIn(browser)).toBe(false);
  expect((await browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) })).headers.location).toBe('/');
});

test('a password hash that is renewed on the way does not end the sign-in', async ({
  app,
  as,
  clock,
  db,
  make,
}) => {
  const { key, member } = await diana(app, make);
  const cheaper = createPasswords({ memoryKiB: 16, passes: 1 });
  await db
    .update(members)
    .set({ passwordHash: await cheaper.hash(PASSWORD) })
    .where(eq(members.id, member.id));
  const { browser } = await pastPassword(as);
  expect((await browser.post(CODE_PAGE, { code: codeAt(key, clock.now()) })).headers.location).toBe('/');
});
