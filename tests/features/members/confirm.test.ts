// Confirming an e-mail address: what the link does, once, for 48 hours, and what nobody can do before.
import { eq } from 'drizzle-orm';
import { mailLinks, members } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { forged, linkIn } from './mail-links.ts';

const SENT = { name: 'diana_f', email: 'diana@example.org', password: 'a short sentence', rules: '1' };

async function signUp(as: { visitor(): import('../../support/browser.ts').Browser }, change = {}) {
  const browser = as.visitor();
  expect((await browser.post('/sign-up', { ...SENT, ...change })).status).toBe(303);
  return browser;
}

test('whoever presses the button behind the link can take part from then on', async ({
  as,
  make,
  drain,
  mails,
}) => {
  const topic = await make.topic();
  const browser = await signUp(as);
  const before = await browser.visit(`/t/${topic.id}/${topic.slug}`);
  expect(before.text).toContain('You can read, but not take part yet.');
  expect((await browser.post(`/t/${topic.id}/reply`, { body: 'Hello' })).status).toBe(403);
  await drain();

  const asked = await as.visitor().visit(linkIn(mails()[0], '/confirm'));
  expect(asked.main).toContain('Is diana@example.org your address?');
  const confirmed = await asked.press('Yes, confirm it');
  expect(confirmed.main).toContain('Your address is confirmed');
  expect(confirmed.url).toBe('/confirm?done=1');

  const after = await browser.visit(`/t/${topic.id}/${topic.slug}`);
  expect(after.text).not.toContain('not take part yet');
  expect((await browser.post(`/t/${topic.id}/reply`, { body: 'Hello' })).status).toBe(303);
});

test('looking at the link confirms nothing', async ({ as, db, drain, mails }) => {
  await signUp(as);
  await drain();
  for (let n = 0; n < 3; n += 1) await as.visitor().visit(linkIn(mails()[0], '/confirm'));
  expect(await db.select({ confirmedAt: members.confirmedAt }).from(members)).toEqual([
    { confirmedAt: null },
  ]);
});

test('the link opens once', async ({ as, drain, mails }) => {
  await signUp(as);
  await drain();
  const link = linkIn(mails()[0], '/confirm');
  const [first, second] = [await as.visitor().visit(link), await as.visitor().visit(link)];
  await first.press('Yes, confirm it');
  const late = await second.press('Yes, confirm it');
  expect(late.status).toBe(410);
  expect(late.main).toContain('This link does not open anything');
  expect((await as.visitor().visit(link)).status).toBe(410);
});

test('the link opens for 48 hours', async ({ as, clock, drain, mails }) => {
  await signUp(as);
  await drain();
  const link = linkIn(mails()[0], '/confirm');
  clock.advance({ hours: 48, seconds: -1 });
  expect((await as.visitor().visit(link)).status).toBe(200);
  clock.advance({ seconds: 1 });
  expect((await as.visitor().visit(link)).status).toBe(410);
});

test.for([
  ['nothing', () => ''],
  ['a word', () => 'key'],
  ['a changed seal', (link: string) => forged(link).slice('/confirm?key='.length)],
  ['the id alone', (link: string) => link.slice('/confirm?key='.length).split('.')[0] ?? ''],
  [
    'the id of the table with a seal of nobody',
    (link: string) => `${link.slice(13).split('.')[0]}.${'a'.repeat(43)}`,
  ],
  ['NUL', () => 'a\0b'],
] as const)('a key that is %s opens nothing', async ([, change], { as, db, drain, mails }) => {
  await signUp(as);
  await drain();
  const key = change(linkIn(mails()[0], '/confirm'));
  expect((await as.visitor().visit(`/confirm?key=${encodeURIComponent(key)}`)).status).toBe(410);
  expect((await as.visitor().post('/confirm', { key })).status).toBe(410);
  expect(await db.select({ confirmedAt: members.confirmedAt }).from(members)).toEqual([
    { confirmedAt: null },
  ]);
});

test('a link for a new password confirms nothing by itself, and this one changes no password', async ({
  as,
  drain,
  mails,
}) => {
  await signUp(as);
  await drain();
  const key = linkIn(mails()[0], '/confirm').slice('/confirm?key='.length);
  const answer = await as.visitor().post('/reset', { key, password: 'another short sentence' });
  expect(answer.status).toBe(410);
});

test('another mail is sent after five minutes, to a corrected address, and only its link opens', async ({
  as,
  clock,
  db,
  drain,
  mails,
}) => {
  const browser = await signUp(as);
  await drain();
  const old = linkIn(mails()[0], '/confirm');
  const early = await (
    await browser.visit('/confirm')
  ).press('Send another mail', { email: 'd@example.org' });
  expect(early.status).toBe(429);
  expect(early.main).toContain('Not sent. A mail is on its way.');
  expect(early.field('email').value).toBe('d@example.org');
  expect(Number(early.headers['retry-after'])).toBe(300);

  clock.advance({ minutes: 5, seconds: 1 });
  const wrong = await (
    await browser.visit('/confirm')
  ).press('Send another mail', { email: 'd(at)example.org' });
  expect(wrong.status).toBe(422);
  expect(wrong.error('email')).toContain('not an e-mail address');
  const asked = await (
    await browser.visit('/confirm')
  ).press('Send another mail', { email: 'd@example.org' });
  expect(asked.main).toContain('We sent a mail to d@example.org.');
  await drain();
  expect(mails()[0]?.to).toBe('d@example.org');
  expect((await as.visitor().visit(old)).status).toBe(410);
  await (await as.visitor().visit(linkIn(mails()[0], '/confirm'))).press('Yes, confirm it');
  expect(await db.select({ email: members.email, confirmedAt: members.confirmedAt }).from(members)).toEqual([
    { email: 'd@example.org', confirmedAt: clock.now() },
  ]);
  expect((await browser.post('/confirm/send', { email: 'e@example.org' })).status).toBe(409);
  expect(await db.select({ email: members.email }).from(members)).toEqual([{ email: 'd@example.org' }]);
});

test('of two who gave one address, whoever confirms it has it', async ({ as, db, drain, mails }) => {
  await signUp(as);
  await signUp(as, { name: 'diana_g' });
  await drain();
  const [second, first] = mails().map((mail) => linkIn(mail, '/confirm'));
  const answers = await Promise.all(
    [first, second].map(async (link) => (await as.visitor().visit(link ?? '')).press('Yes, confirm it')),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  const lost = answers.find(({ status }) => status === 409);
  expect(lost?.main).toContain('This address has an account already');
  const rows = await db.select({ confirmedAt: members.confirmedAt }).from(members);
  expect(rows.filter(({ confirmedAt }) => confirmedAt !== null)).toHaveLength(1);
});

test('asking for another mail tells nobody whether an address has an account', async ({
  as,
  clock,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'owner', email: 'owned@example.org' });
  const answers: (string | number)[][] = [];
  for (const [name, email] of [
    ['anna', 'owned@example.org'],
    ['bart', 'free@example.org'],
  ] as const) {
    const browser = await signUp(as, { name, email });
    const again = (to: string) => browser.post('/confirm/send', { email: to });
    const atOnce = await again(email);
    clock.advance({ minutes: 5, seconds: 1 });
    const later = await again(email);
    const tooSoon = await again(email);
    const page = (await browser.visit('/confirm')).main.replaceAll(email, 'ADDRESS');
    answers.push([atOnce.status, later.status, tooSoon.status, page]);
  }
  expect(answers[0]?.slice(0, 3)).toEqual([429, 303, 429]);
  expect(answers[1]).toEqual(answers[0]);
  await drain();
  const toOwner = mails().filter(({ to }) => to === 'owned@example.org');
  expect(toOwner).toHaveLength(2);
  for (const { subject, text } of toOwner) {
    expect(subject).toContain('Your address was used');
    expect(text).not.toContain('/confirm?key');
  }
});

test('what the table and the queue of mails hold opens nothing', async ({ as, db }) => {
  await signUp(as);
  const [link] = await db.select().from(mailLinks);
  const { rows } = await db.execute<{ payload: string }>(
    'select payload::text from graphile_worker._private_jobs',
  );
  expect(rows.map(({ payload }) => payload).join()).toContain(link?.id);
  for (const key of [link?.id ?? '', rows[0]?.payload ?? ''])
    expect((await as.visitor().visit(`/confirm?key=${encodeURIComponent(key)}`)).status).toBe(410);
});

test('visitors are asked to log in for the page that sends another mail', async ({ as }) => {
  expect((await as.visitor().visit('/confirm')).url).toBe('/sign-in?next=%2Fconfirm');
  const answer = await as.visitor().post('/confirm/send', { email: 'd@example.org' });
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toContain('/sign-in');
});

test('who logs in by an address that several gave is who confirmed it', async ({ as, db, make }) => {
  await signUp(as);
  await make.member({ name: 'owner', email: 'diana@example.org', password: 'the owner of it' });
  const browser = as.visitor();
  const page = await (
    await browser.visit('/sign-in')
  ).press('Log in', {
    name: 'diana@example.org',
    password: 'the owner of it',
  });
  expect(page.text).toContain('owner');
  expect(await db.select().from(members).where(eq(members.name, 'diana_f'))).toHaveLength(1);
});
