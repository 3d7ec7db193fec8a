// Signing up: what is accepted, what is refused beside which field, and who comes first.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members, sessions, settings } from '../../../src/db/schema/index.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';

const FILLED = { name: 'diana_f', email: 'Diana@Example.org', password: 'a short sentence', rules: true };
const SENT = { ...FILLED, rules: '1' };

async function memberNames(db: Database): Promise<string[]> {
  const rows = await db.select({ name: members.name }).from(members).orderBy(members.id);
  return rows.map(({ name }) => name);
}

test('a newcomer signs up, is logged in, and is back where they were', async ({ as, db, clock }) => {
  const browser = as.visitor();
  const form = await browser.visit('/sign-up?next=%2Frules%3Ffrom%3Dhere');
  const page = await form.press('Create account', FILLED);
  expect(page.url).toBe('/rules?from=here');
  expect(page.text).toContain('diana_f');

  const [row] = await db.select().from(members);
  expect(row).toMatchObject({
    name: 'diana_f',
    nameKey: 'diana_f',
    email: 'Diana@Example.org',
    emailKey: 'diana@example.org',
    role: 'member',
    joinedAt: clock.now(),
    confirmedAt: null,
  });
  expect(row?.passwordHash).toMatch(/^\$argon2id\$/);
  expect(await db.select({ memberId: sessions.memberId }).from(sessions)).toEqual([{ memberId: row?.id }]);
});

test('what was typed comes back with the faults beside the fields, but for the password', async ({
  as,
  db,
}) => {
  const form = await as.visitor().visit('/sign-up?next=/rules');
  const page = await form.press('Create account', {
    name: ' dia na ',
    email: 'diana(at)example.org',
    password: 'too short',
  });
  expect(page.status).toBe(422);
  expect(page.error('name')).toContain('letters A to Z');
  expect(page.error('email')).toContain('not an e-mail address');
  expect(page.error('password')).toContain('at least 10 characters');
  expect(page.error('rules')).toContain('agreement');
  expect(page.field('name').value).toBe('dia na');
  expect(page.field('email').value).toBe('diana(at)example.org');
  expect(page.field('password').value).toBe('');
  expect(page.field('next').value).toBe('/rules');
  expect(page.html).not.toContain('too short');
  expect(await memberNames(db)).toEqual([]);
});

test.for([
  ['name', 'one character', { name: 'x' }, '2 to 25 characters'],
  ['name', '26 characters', { name: 'x'.repeat(26) }, '2 to 25 characters'],
  ['name', 'an office', { name: 'Mod-erator' }, 'reserved'],
  ['name', 'the forum in disguise', { name: 'tokenw1re' }, 'reserved'],
  ['name', 'other letters', { name: 'диана' }, 'letters A to Z'],
  ['name', 'an emoji', { name: 'diana🐙' }, 'letters A to Z'],
  ['name', 'nothing', { name: '' }, '2 to 25 characters'],
  ['email', 'nothing', { email: '' }, 'not an e-mail address'],
  ['email', '262 characters', { email: `${'x'.repeat(250)}@example.org` }, 'at most 254'],
  ['password', '1,025 characters', { password: 'x'.repeat(1_025) }, 'at most 1024'],
  ['email', 'a mailbox for ten minutes', { email: 'diana@mailinator.com' }, 'given to everybody'],
  ['email', 'one below its domain', { email: 'diana@mx.Mailinator.com' }, 'given to everybody'],
  ['password', 'guessed first', { password: 'qwertyuiop' }, 'guessed first'],
  ['password', 'guessed first in capitals', { password: 'Password123' }, 'guessed first'],
  ['password', 'the address', { password: 'diana@example.ORG' }, 'must not be your e-mail'],
  ['rules', 'nothing', { rules: '' }, 'agreement'],
  ['rules', 'a refusal', { rules: '0' }, 'agreement'],
] as const)('the %s is refused: %s', async ([field, , change, reason], { as, db }) => {
  const answer = await as.visitor().post('/sign-up', { ...SENT, ...change });
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(reason);
  expect(answer.text).toContain(`<a href="#${field}">`);
  expect(await memberNames(db)).toEqual([]);
});

test.for([
  ['taken', 'diana_f'],
  ['taken in another case', 'DIANA_F'],
  ['taken by a look-alike', 'd1ana-f'],
])('a name is refused when it is %s', async ([, name = ''], { as, db, make }) => {
  await make.member({ name: 'diana_f' });
  const form = await as.visitor().visit('/sign-up');
  const page = await form.press('Create account', { ...FILLED, name, email: 'other@example.com' });
  expect(page.status).toBe(422);
  expect(page.error('name')).toContain('That name is taken');
  expect(page.field('email').value).toBe('other@example.com');
  expect(await memberNames(db)).toEqual(['diana_f']);
  expect(await db.select().from(sessions)).toEqual([]);
});

test('whether an address has an account is told to nobody but its owner', async ({
  as,
  db,
  make,
  drain,
  mails,
}) => {
  await make.member({ name: 'somebody', email: 'diana@example.org' });
  const answers: string[] = [];
  for (const [name, email] of [
    ['diana_f', 'Diana@Example.org'],
    ['emil', 'emil@example.org'],
  ] as const) {
    const page = await (
      await as.visitor().visit('/sign-up')
    ).press('Create account', { ...FILLED, name, email });
    expect(page.status).toBe(200);
    const asked = await page.follow('Confirm your e-mail address');
    answers.push(asked.main.replaceAll(email, 'ADDRESS').replaceAll(name, 'NAME'));
  }
  expect(answers[0]).toBe(answers[1]);
  expect(await memberNames(db)).toEqual(['somebody', 'diana_f', 'emil']);
  await drain();
  const told = mails().find(({ to }) => to === 'diana@example.org');
  expect(told?.subject).toContain('Your address was used to sign up');
  expect(told?.text).toContain('as diana_f');
  expect(told?.text).toContain('log in as somebody');
  expect(told?.text).not.toContain('/confirm');
});

test('where no mails are sent, accounts need no confirmation, and a taken address is refused', async ({
  db,
  forum,
  make,
}) => {
  await make.member({ name: 'somebody', email: 'diana@example.org' });
  const app = await forum.build({ mailer: null });
  await app.ready();
  const refused = await new Browser(app).post('/sign-up', SENT);
  expect(refused.status).toBe(422);
  expect(refused.text).toContain('This address cannot be used.');
  expect(refused.text).not.toContain('somebody');
  const taken = await new Browser(app).post('/sign-up', { ...SENT, email: 'other@example.org' });
  expect(taken.status).toBe(303);
  const rows = await db.select({ confirmedAt: members.confirmedAt }).from(members);
  expect(rows.every(({ confirmedAt }) => confirmedAt !== null)).toBe(true);
  await app.close();
});

test.for([
  ['the same name', (n: number) => ({ name: 'diana_f', email: `d${n}@example.org` }), 'That name is taken'],
  [
    'names that look alike',
    (n: number) => ({ name: ['diana', 'd1ana', 'dlana', 'DIANA'][n] ?? '', email: `d${n}@example.org` }),
    'That name is taken',
  ],
] as const)(
  'of four who want %s at the same instant, one gets it',
  async ([, wanted, reason], { as, db }) => {
    const answers = await Promise.all(
      [0, 1, 2, 3].map((n) => as.visitor().post('/sign-up', { ...SENT, ...wanted(n) })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422]);
    for (const answer of answers) if (answer.status === 422) expect(answer.text).toContain(reason);
    expect(await memberNames(db)).toHaveLength(1);
  },
);

test('a forum that takes no new members says so, and takes none', async ({ app, as, db }) => {
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, signUp: 'closed' } });
  await app.site.refresh();
  const page = await as.visitor().visit('/sign-up');
  expect(page.main).toContain('No new members at present');
  expect(page.document.querySelector('main input')).toBeNull();
  expect((await as.visitor().visit('/sign-in')).main).not.toContain('Sign up');

  const answer = await as.visitor().post('/sign-up', SENT);
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('takes no new members');
  expect(await memberNames(db)).toEqual([]);
});

test('whoever is logged in is sent on, and cannot open a second account', async ({ as, db }) => {
  const browser = await as.member();
  expect((await browser.visit('/sign-up?next=/rules')).url).toBe('/rules');
  expect((await browser.post('/sign-up', SENT)).status).toBe(409);
  expect(await memberNames(db)).toHaveLength(1);
});

test('the address of a member is on no page that others see', async ({ as, make }) => {
  const member = await make.member({ name: 'diana_f', email: 'secret@example.org' });
  expect((await as.visitor().visit('/u/diana_f')).html).not.toContain('secret@');
  expect((await (await as.member(member)).visit('/settings/account')).main).toContain('secret@example.org');
});

test('one who signed up can log in with what was given', async ({ as, db }) => {
  await as.visitor().post('/sign-up', { ...SENT, password: '  spaces \u00e9 count  ' });
  expect(
    await db.select({ id: members.id }).from(members).where(eq(members.nameKey, 'diana_f')),
  ).toHaveLength(1);
  const right = await as
    .visitor()
    .post('/sign-in', { name: 'Diana_F', password: '  spaces e\u0301 count  ' });
  expect(right.status).toBe(303);
  const trimmed = await as.visitor().post('/sign-in', { name: 'Diana_F', password: 'spaces \u00e9 count' });
  expect(trimmed.status).toBe(422);
});
