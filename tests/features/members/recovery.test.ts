// A lost password: the link that replaces it, and everything that must not.
import { eq } from 'drizzle-orm';
import { mailLinks, members, passkeys, sessions, totpFactors } from '../../../src/db/schema/index.ts';
import { type As, expect, test } from '../../support/forum.ts';
import { giveTwoStep } from './factors.ts';
import { linkIn } from './mail-links.ts';
import { givePasskey } from './passkeys.ts';

const OLD = 'a short sentence';
const NEW = 'another short sentence';

/** Asks for a link to diana_f's address: one job looks the account up, the next one sends the mail. */
async function askForLink({ as, drain }: { readonly as: As; readonly drain: () => Promise<void> }) {
  await as.visitor().post('/forgot', { name: 'diana_f' });
  await drain();
  await drain();
}

test('who has lost the password gets a link, chooses another, and logs in with it', async ({
  as,
  db,
  make,
  drain,
  mails,
}) => {
  const member = await make.member({ name: 'diana_f', email: 'diana@example.org', password: OLD });
  const elsewhere = await as.member(member);
  const asked = await (await as.visitor().visit('/sign-in')).follow('Forgotten password?');
  const sent = await asked.press('Send the link', { name: 'Diana@Example.org' });
  expect(sent.main).toContain('Look into your mailbox.');
  await drain();
  await drain();
  const [mail, ...more] = mails();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ to: 'diana@example.org', subject: 'A new password for Tokenwire' });

  const form = await as.visitor().visit(linkIn(mail, '/reset'));
  expect(form.main).toContain('For diana_f.');
  const done = await form.press('Change password', { password: NEW });
  expect(done.url).toBe('/sign-in?reset=1');
  expect(done.main).toContain('Your password has been changed.');
  expect(await db.select().from(sessions)).toEqual([]);
  expect((await elsewhere.visit('/settings')).url).toContain('/sign-in');
  const signIn = async (password: string) =>
    (await as.visitor().post('/sign-in', { name: 'diana_f', password })).status;
  expect(await signIn(OLD)).toBe(422);
  expect(await signIn(NEW)).toBe(303);
  await drain();
  expect(mails().map(({ subject }) => subject)).toContain('Your password on Tokenwire was changed');
});

test('whether there is such an account shows in nothing', async ({ as, db, make, drain, mails }) => {
  await make.member({ name: 'diana_f', email: 'diana@example.org' });
  await make.member({ name: 'nomail', email: null });
  const pages: string[] = [];
  for (const name of [
    'diana_f',
    'diana@example.org',
    'nobody',
    'nobody@example.org',
    'nomail',
    "' or 1=1 --",
  ]) {
    const page = await (await as.visitor().visit('/forgot')).press('Send the link', { name });
    expect(page.status).toBe(200);
    pages.push(page.html);
  }
  expect(new Set(pages).size).toBe(1);
  // Nothing has been looked up yet: the answers were made of the same work.
  expect(await db.select().from(mailLinks)).toEqual([]);
  await drain();
  await drain();
  expect(mails().map(({ to }) => to)).toEqual(['diana@example.org']);
});

test('however often it is asked for, one mail goes out in five minutes', async ({
  as,
  clock,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'diana_f' });
  for (let n = 0; n < 3; n += 1) await as.visitor().post('/forgot', { name: 'diana_f' });
  await drain();
  await drain();
  expect(mails()).toHaveLength(1);
  clock.advance({ minutes: 5, seconds: 1 });
  await askForLink({ as, drain });
  const [second, first] = mails();
  expect((await as.visitor().visit(linkIn(first, '/reset'))).status).toBe(410);
  expect((await as.visitor().visit(linkIn(second, '/reset'))).status).toBe(200);
});

test('a link opens once, and for two hours', async ({ as, clock, make, drain, mails }) => {
  await make.member({ name: 'diana_f', password: OLD });
  await askForLink({ as, drain });
  const link = linkIn(mails()[0], '/reset');
  clock.advance({ hours: 2, seconds: -1 });
  const [first, second] = [await as.visitor().visit(link), await as.visitor().visit(link)];
  expect((await first.press('Change password', { password: NEW })).url).toBe('/sign-in?reset=1');
  const late = await second.press('Change password', { password: 'a third short sentence' });
  expect(late.status).toBe(410);
  expect((await as.visitor().post('/sign-in', { name: 'diana_f', password: NEW })).status).toBe(303);

  await askForLink({ as, drain });
  const third = linkIn(mails()[0], '/reset');
  clock.advance({ hours: 2 });
  expect((await as.visitor().visit(third)).status).toBe(410);
});

test('pressed twice at once, it is one change', async ({ as, make, drain, mails }) => {
  await make.member({ name: 'diana_f', password: OLD });
  await askForLink({ as, drain });
  const key = linkIn(mails()[0], '/reset').slice('/reset?key='.length);
  const answers = await Promise.all(
    ['first of two sentences', 'second of two sentences'].map((password) =>
      as.visitor().post('/reset', { key, password }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([303, 410]);
});

test('after a change of the address the link to the old one opens nothing', async ({
  as,
  db,
  make,
  drain,
  mails,
}) => {
  const { id } = await make.member({ name: 'diana_f', email: 'old@example.org', password: OLD });
  await askForLink({ as, drain });
  const link = linkIn(mails()[0], '/reset');
  await db
    .update(members)
    .set({ email: 'new@example.org', emailKey: 'new@example.org' })
    .where(eq(members.id, id));
  expect((await as.visitor().visit(link)).status).toBe(410);
  const key = link.slice('/reset?key='.length);
  expect((await as.visitor().post('/reset', { key, password: NEW })).status).toBe(410);
  expect((await as.visitor().post('/sign-in', { name: 'diana_f', password: OLD })).status).toBe(303);
});

test('a password that is none comes back as a fault, and the link stays good', async ({
  as,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'diana_f', password: OLD });
  await askForLink({ as, drain });
  const form = await as.visitor().visit(linkIn(mails()[0], '/reset'));
  const short = await form.press('Change password', { password: 'short' });
  expect(short.status).toBe(422);
  expect(short.error('password')).toContain('at least 10 characters');
  expect(short.field('password').value).toBe('');
  expect((await short.press('Change password', { password: NEW })).url).toBe('/sign-in?reset=1');
});

test('who proves an address by the link has confirmed it', async ({ as, clock, db, make, drain, mails }) => {
  await make.member({ name: 'diana_f', confirmedAt: null, password: OLD });
  await askForLink({ as, drain });
  await (await as.visitor().visit(linkIn(mails()[0], '/reset'))).press('Change password', { password: NEW });
  expect(await db.select({ confirmedAt: members.confirmedAt }).from(members)).toEqual([
    { confirmedAt: clock.now() },
  ]);
});

test('nothing typed is a fault, and a text too long for a name too', async ({ as }) => {
  for (const name of ['', ' ', 'x'.repeat(300)]) {
    const page = await (await as.visitor().visit('/forgot')).press('Send the link', { name });
    expect(page.status).toBe(422);
    expect(page.error('name')).not.toBe('');
  }
});

test('what a stranger left in an account with an address that was never theirs goes with the password', async ({
  app,
  as,
  db,
  drain,
  mails,
  make,
}) => {
  const planted = await make.member({ name: 'planted', email: 'diana@example.org', confirmedAt: null });
  const own = await make.member({ name: 'own_key', email: 'own@example.org' });
  for (const member of [planted, own]) {
    await givePasskey(app, member);
    await giveTwoStep(app, member);
  }
  for (const name of ['planted', 'own_key']) {
    await as.visitor().post('/forgot', { name });
    await drain();
    await drain();
    const key = /key=([\w.-]+)/.exec(mails()[0]!.text)![1]!;
    expect((await as.visitor().post('/reset', { key, password: 'another odd sentence' })).status).toBe(303);
  }
  expect((await db.select().from(passkeys)).map(({ memberId }) => memberId)).toEqual([own.id]);
  expect((await db.select().from(totpFactors)).map(({ memberId }) => memberId)).toEqual([own.id]);
});
