// Another e-mail address: asked for with the password, agreed to at both ends, told to both.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { emailChanges, members, sessions } from '../../../src/db/schema/index.ts';
import type { KeptMail } from '../../../src/lib/mailer.ts';
import { Browser } from '../../support/browser.ts';
import { type As, expect, test } from '../../support/forum.ts';
import type { Make } from '../../support/make.ts';
import { logIn, PASSWORD } from './logging-in.ts';
import { forged, linkIn } from './mail-links.ts';

const OLD = 'diana@example.org';
const NEW = 'New@example.org';
const ASKED = { email: NEW, passwordForEmail: PASSWORD };

async function ask(browser: Browser, typed: Readonly<Record<string, string>> = ASKED) {
  return (await browser.visit('/settings/account')).press('Change address', typed);
}

interface Forum {
  readonly as: As;
  readonly drain: () => Promise<void>;
  readonly mails: () => readonly KeptMail[];
  readonly make: Make;
}

/** diana_f has asked for NEW, and both mails are there. */
async function askedByDiana({ as, drain, mails, make }: Forum) {
  await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
  const browser = as.visitor();
  await logIn(browser);
  await ask(browser);
  await drain();
  return { browser, ...links(mails()) };
}

/** Paths of the links in the newest mails to both ends. */
function links(mails: readonly KeptMail[]) {
  const to = (address: string) =>
    linkIn(
      mails.find((mail) => mail.to === address),
      '/confirm/email',
    );
  return { atNew: to(NEW), atOld: to(OLD) };
}

async function addressOf(db: Database, name = 'diana_f') {
  const { email, emailKey } = members;
  const [row] = await db.select({ email, emailKey }).from(members).where(eq(members.name, name));
  return row;
}

const changed = { email: NEW, emailKey: 'new@example.org' };
const unchanged = { email: OLD, emailKey: OLD };

test.for([
  ['the new end first', ['atNew', 'atOld']],
  ['the old end first', ['atOld', 'atNew']],
] as const)(
  'the address changes when both have agreed, %s',
  async ([, order], { as, clock, db, drain, mails, make }) => {
    const member = await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
    const elsewhere = await as.member(member);
    const browser = as.visitor();
    await logIn(browser);
    await drain();
    const asked = await ask(browser);
    expect(asked.main).toContain('Mails with a link are on their way');
    expect(asked.main).toContain(
      `${NEW} becomes your address once it is confirmed from the new address and the old address`,
    );
    await drain();
    expect(
      mails()
        .map(({ to, subject }) => [to, subject])
        .toSorted(),
    ).toEqual([
      [NEW, 'Confirm your new e-mail address on Tokenwire'],
      [OLD, 'Another e-mail address for your account on Tokenwire'],
      [OLD, 'New login to your account on Tokenwire'],
    ]);
    const both = links(mails());
    expect(mails().find(({ to }) => to === NEW)?.text).not.toContain(OLD);

    const [first, second] = order.map((end) => both[end]);
    const half = await (await as.visitor().visit(first ?? '')).press('Yes, ');
    expect(half.main).toContain('once the mail at the other end is answered');
    expect(await addressOf(db)).toEqual(unchanged);
    const other = order[0] === 'atNew' ? 'the old address' : 'the new address';
    expect((await browser.visit('/settings/account')).main).toContain(
      `once it is confirmed from ${other}, until`,
    );

    clock.advance({ hours: 1 });
    const done = await (await browser.visit(second ?? '')).press('Yes, ');
    expect(done.main).toContain('The address is changed');
    expect(await addressOf(db)).toEqual(changed);
    expect(await db.select().from(emailChanges)).toEqual([]);
    // The browser that agreed stays logged in, under a new session.
    expect((await browser.visit('/settings/account')).main).toContain(`reached at ${NEW}`);
    expect((await elsewhere.get('/settings')).status).toBe(303);
    expect(await db.select().from(sessions)).toHaveLength(1);
    await drain();
    const told = mails().filter(({ subject }) => subject === 'Your e-mail address on Tokenwire was changed');
    expect(told.map(({ to }) => to).toSorted()).toEqual([NEW, OLD]);
    expect(told[0]?.text).toContain('3 April 2026, 15:30 UTC');
  },
);

test('both ends pressed at once change it once', async ({ as, db, drain, mails, make }) => {
  const { atNew, atOld } = await askedByDiana({ as, drain, mails, make });
  const pages = await Promise.all([atNew, atOld, atNew, atOld].map((link) => as.visitor().visit(link)));
  const answers = await Promise.all(pages.map((page) => page.press('Yes, ')));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 410, 410]);
  expect(await addressOf(db)).toEqual(changed);
  await drain();
  expect(mails().filter(({ subject }) => subject.includes('was changed'))).toHaveLength(2);
});

test('each link opens once, for 48 hours, and looking at it agrees to nothing', async ({
  as,
  clock,
  db,
  drain,
  mails,
  make,
}) => {
  const { browser, atNew, atOld } = await askedByDiana({ as, drain, mails, make });
  for (let n = 0; n < 2; n += 1) for (const link of [atNew, atOld]) await as.visitor().visit(link);
  const [change] = await db.select().from(emailChanges);
  expect(change).toMatchObject({ newAgreedAt: null, oldAgreedAt: null });
  expect((await as.visitor().visit(forged(atNew))).status).toBe(410);
  await (await as.visitor().visit(atNew)).press('Yes, confirm it');
  expect((await as.visitor().visit(atNew)).status).toBe(410);
  clock.advance({ hours: 48, seconds: -1 });
  expect((await as.visitor().visit(atOld)).status).toBe(200);
  clock.advance({ seconds: 1 });
  expect((await as.visitor().visit(atOld)).status).toBe(410);
  expect((await browser.visit('/settings/account')).main).not.toContain('Not changed yet');
  expect(await addressOf(db)).toEqual(unchanged);
});

test('neither link opens the other end, nor anything else', async ({ as, db, drain, mails, make }) => {
  await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
  const browser = as.visitor();
  await logIn(browser);
  await ask(browser);
  await drain();
  const { atNew } = links(mails());
  const key = atNew.slice('/confirm/email?key='.length);
  expect((await as.visitor().post('/reset', { key, password: 'another sentence' })).status).toBe(410);
  expect((await as.visitor().post('/confirm', { key })).status).toBe(410);
  expect((await as.visitor().post('/confirm/email', { key })).status).toBe(303);
  expect((await as.visitor().post('/confirm/email', { key })).status).toBe(410);
  expect(await addressOf(db)).toEqual(unchanged);
});

test('a change can be cancelled, and its links then open nothing', async ({ as, db, drain, mails, make }) => {
  await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
  const browser = as.visitor();
  await logIn(browser);
  await ask(browser);
  await drain();
  const after = await (await browser.visit('/settings/account')).press('Cancel');
  expect(after.main).toContain('Your address stays as it is.');
  expect(after.main).not.toContain('Not changed yet');
  for (const link of Object.values(links(mails()))) expect((await as.visitor().visit(link)).status).toBe(410);
  // Cancelling is no way to have more mails sent.
  const soon = await ask(browser);
  expect(soon.status).toBe(429);
  expect(soon.main).toContain('Not sent. A mail is on its way.');
  expect(soon.field('email').value).toBe(NEW);
  expect(await addressOf(db)).toEqual(unchanged);
});

test('mails are sent again after five minutes, to whoever has not agreed', async ({
  as,
  clock,
  drain,
  mails,
  make,
}) => {
  await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
  const browser = as.visitor();
  await logIn(browser);
  await ask(browser);
  await drain();
  const before = links(mails());
  await (await as.visitor().visit(before.atOld)).press('Yes, change it');
  const early = await (await browser.visit('/settings/account')).press('Send again');
  expect(early.status).toBe(429);
  expect(early.headers['retry-after']).toBe('300');
  clock.advance({ minutes: 5, seconds: 1 });
  const count = mails().length;
  const again = await (await browser.visit('/settings/account')).press('Send again');
  expect(again.main).toContain('The mails are on their way once more');
  await drain();
  expect(
    mails()
      .slice(0, mails().length - count)
      .map(({ to }) => to),
  ).toEqual([NEW]);
  expect((await as.visitor().visit(before.atNew)).status).toBe(410);
  const done = await (await as.visitor().visit(links(mails()).atNew)).press('Yes, confirm it');
  expect(done.main).toContain('The address is changed');
  expect((await browser.get('/settings')).status).toBe(303);
});

test("whether the new address is another account's is told to that address alone", async ({
  as,
  clock,
  db,
  drain,
  mails,
  make,
}) => {
  await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
  await make.member({ name: 'owner', email: NEW });
  const browser = as.visitor();
  await logIn(browser);
  const asked = await ask(browser);
  expect(asked.main).toContain('Mails with a link are on their way');
  expect(asked.main).toContain('confirmed from the new address and the old address');
  await drain();
  const [told] = mails().filter(({ to }) => to === NEW);
  expect(told?.subject).toBe('Your address was given for another account on Tokenwire');
  expect(told?.text).toContain('The member diana_f of Tokenwire gave this address');
  expect(told?.text).not.toContain('/confirm/email');
  const atOld = linkIn(
    mails().find(({ to, text }) => to === OLD && text.includes('/confirm/email')),
    '/confirm/email',
  );
  const half = await (await as.visitor().visit(atOld)).press('Yes, change it');
  expect(half.main).toContain('once the mail at the other end is answered');
  clock.advance({ minutes: 6 });
  expect((await (await browser.visit('/settings/account')).press('Send again')).main).toContain('once more');
  expect(await addressOf(db)).toEqual(unchanged);
  expect(await addressOf(db, 'owner')).toMatchObject({ email: NEW });
});

test('an address that somebody else confirms meanwhile never comes through, and nobody is told', async ({
  as,
  db,
  drain,
  mails,
  make,
}) => {
  const { browser, atNew, atOld } = await askedByDiana({ as, drain, mails, make });
  await (await as.visitor().visit(atNew)).press('Yes, confirm it');
  await make.member({ name: 'owner', email: NEW });
  const half = await (await as.visitor().visit(atOld)).press('Yes, change it');
  expect(half.main).toContain('once the mail at the other end is answered');
  expect((await browser.visit('/settings/account')).main).toContain(
    'once it is confirmed from the new address',
  );
  expect(await addressOf(db)).toEqual(unchanged);
});

test('of two who ask for one address the first to finish has it', async ({ as, db, drain, mails, make }) => {
  const browsers = [];
  for (const name of ['anna_a', 'berta_b']) {
    const member = await make.member({ name, email: null, password: PASSWORD });
    browsers.push(await as.member(member));
  }
  for (const browser of browsers) await ask(browser);
  await drain();
  const pages = await Promise.all(mails().map((mail) => as.visitor().visit(linkIn(mail, '/confirm/email'))));
  await Promise.all(pages.map((page) => page.press('Yes, confirm it')));
  const rows = await db.select({ email: members.email }).from(members);
  expect(rows.filter(({ email }) => email === NEW)).toHaveLength(1);
});

test('a member without an address confirms the new one alone', async ({ as, db, drain, mails, make }) => {
  const member = await make.member({ name: 'diana_f', email: null, password: PASSWORD, confirmedAt: null });
  const browser = await as.member(member);
  const asked = await ask(browser);
  expect(asked.main).toContain('once it is confirmed from the new address, until');
  await drain();
  expect(mails().map(({ to }) => to)).toEqual([NEW]);
  await (await browser.visit(linkIn(mails()[0], '/confirm/email'))).press('Yes, confirm it');
  const [row] = await db.select().from(members);
  expect(row).toMatchObject(changed);
  expect(row?.confirmedAt).not.toBeNull();
});

test('an unconfirmed address is changed where it is confirmed', async ({ as, make, db }) => {
  const member = await make.member({ name: 'diana_f', email: OLD, password: PASSWORD, confirmedAt: null });
  const browser = await as.member(member);
  expect((await browser.visit('/settings/account')).html).toContain('<a href="/confirm">');
  const answer = await browser.post('/settings/email', ASKED);
  expect(answer.status).toBe(409);
  expect(await db.select().from(emailChanges)).toEqual([]);
});

test.for([
  ['email', { email: 'diana', passwordForEmail: PASSWORD }, 'not an e-mail address'],
  ['email', { email: '', passwordForEmail: PASSWORD }, 'not an e-mail address'],
  ['email', { email: 'DIANA@example.org', passwordForEmail: PASSWORD }, 'your address already'],
  [
    'email',
    { email: 'a@example.org\r\nBcc: b@example.org', passwordForEmail: PASSWORD },
    'not an e-mail address',
  ],
  ['email', { email: 'a@example.org, b@example.org', passwordForEmail: PASSWORD }, 'not an e-mail address'],
  ['passwordForEmail', { email: NEW, passwordForEmail: '' }, 'Give your current password'],
  ['passwordForEmail', { email: NEW, passwordForEmail: 'wrong wrong wrong' }, 'not your current password'],
] as const)(
  'a change is refused for its field %s: %j',
  async ([field, typed, reason], { as, db, drain, mails, make }) => {
    const member = await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
    const answer = await ask(await as.member(member), typed);
    expect(answer.status).toBe(422);
    expect(answer.error(field)).toContain(reason);
    expect(answer.field('passwordForEmail').value).toBe('');
    expect(answer.html).not.toContain(PASSWORD);
    await drain();
    expect(mails()).toEqual([]);
    expect(await db.select().from(emailChanges)).toEqual([]);
  },
);

test('a new password by mail ends a change that somebody else may have asked for', async ({
  as,
  clock,
  db,
  drain,
  mails,
  make,
}) => {
  const { atNew, atOld } = await askedByDiana({ as, drain, mails, make });
  clock.advance({ minutes: 1 });
  await as.visitor().post('/forgot', { name: 'diana_f' });
  await drain();
  await drain();
  const form = await as.visitor().visit(linkIn(mails()[0], '/reset'));
  expect((await form.press('Change password', { password: 'another sentence' })).status).toBe(200);
  for (const link of [atNew, atOld]) expect((await as.visitor().visit(link)).status).toBe(410);
  expect(await db.select().from(emailChanges)).toEqual([]);
});

test('a link for a new password that went to the old address opens nothing after the change', async ({
  as,
  clock,
  drain,
  mails,
  make,
}) => {
  await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
  const browser = as.visitor();
  await logIn(browser);
  await ask(browser);
  await as.visitor().post('/forgot', { name: 'diana_f' });
  await drain();
  await drain();
  const reset = linkIn(
    mails().find(({ text }) => text.includes('/reset')),
    '/reset',
  );
  expect((await as.visitor().visit(reset)).status).toBe(200);
  const { atNew, atOld } = links(mails().filter(({ text }) => text.includes('/confirm/email')));
  for (const link of [atNew, atOld]) await (await as.visitor().visit(link)).press('Yes, ');
  expect((await as.visitor().visit(reset)).status).toBe(410);
  clock.advance({ minutes: 1 });
  expect((await as.visitor().post('/sign-in', { name: OLD, password: PASSWORD })).status).toBe(422);
  expect((await as.visitor().post('/sign-in', { name: NEW, password: PASSWORD })).status).toBe(303);
});

test('where no mails are sent the address stays, and the page says why', async ({ forum, make, as }) => {
  const app = await forum.build({ mailer: null });
  await app.ready();
  await make.member({ name: 'diana_f', email: OLD, password: PASSWORD });
  const browser = new Browser(app);
  await logIn(browser);
  const answer = await ask(browser);
  expect(answer.status).toBe(409);
  expect(answer.main).toContain('This forum sends no mails');
  expect((await as.visitor().post('/settings/email', ASKED)).headers.location).toContain('/sign-in');
  await app.close();
});
