// Members who log in by other means than a password: what they change takes a confirmation made a short while ago.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { emailChanges, members } from '../../../src/db/schema/index.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { expect, test } from '../../support/forum.ts';

const PAGE = '/settings/account';
const PASSWORD = 'three odd words';

async function stored(db: Database, id: MemberId) {
  const { name, passwordHash } = members;
  const [row] = await db.select({ name, passwordHash }).from(members).where(eq(members.id, id));
  const changes = await db.select({ email: emailChanges.email }).from(emailChanges);
  return { ...row, newEmail: changes[0]?.email };
}

test('having confirmed who they are they change name, address and set a password', async ({
  as,
  make,
  db,
}) => {
  const member = await make.member({ name: 'diana_f' });
  const browser = await as.member(member);
  const page = await browser.visit(PAGE);
  expect(page.main).not.toContain('Current password');
  expect(page.main).not.toContain('Confirm first that it is you');

  await page.press('Change name', { name: 'diana_g' });
  await page.press('Change address', { email: 'new@example.org' });
  const set = await page.press('Set a password', { password: PASSWORD });
  expect(set.main).toContain('Your password has been changed.');
  expect(set.main).toContain('Current password');
  expect(await stored(db, member.id)).toMatchObject({ name: 'diana_g', newEmail: 'new@example.org' });
  const signedIn = await as.visitor().post('/sign-in', { name: 'diana_g', password: PASSWORD });
  expect(signedIn.status).toBe(303);
});

test.for([
  ['Change name', { name: 'diana_g' }],
  ['Change address', { email: 'new@example.org' }],
  ['Set a password', { password: PASSWORD }],
] as const)(
  'later than that "%s" is refused, and what was typed stays',
  async ([button, typed], { as, make, db, clock }) => {
    const member = await make.member({ name: 'diana_f' });
    const browser = await as.member(member);
    const open = await browser.visit(PAGE);
    clock.advance({ minutes: 16 });
    const refused = await open.press(button, typed);
    expect(refused.status).toBe(422);
    expect(refused.main).toContain('Confirm first that it is you.');
    for (const [field, value] of Object.entries(typed))
      expect(refused.field(field).value).toBe(field === 'password' ? '' : value);
    expect(await stored(db, member.id)).toEqual({ name: 'diana_f', passwordHash: null, newEmail: undefined });
    expect((await browser.visit(PAGE)).main).toContain('Confirm it in a new tab');
  },
);

test('a password is no proof of who has none', async ({ as, make, db, clock }) => {
  const member = await make.member({ name: 'diana_f' });
  const browser = await as.member(member);
  clock.advance({ minutes: 16 });
  for (const current of ['', PASSWORD, 'null'])
    expect((await browser.post('/settings/password', { current, password: PASSWORD })).status).toBe(422);
  expect(await stored(db, member.id)).toMatchObject({ passwordHash: null });
});

test('who has a password gives it, however short ago they have confirmed', async ({ as, make, db }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const browser = await as.member(member);
  expect((await browser.post('/settings/name', { name: 'diana_g' })).status).toBe(422);
  expect((await browser.post('/settings/email', { email: 'new@example.org' })).status).toBe(422);
  expect((await browser.post('/settings/password', { password: 'other odd words' })).status).toBe(422);
  expect(await stored(db, member.id)).toMatchObject({ name: 'diana_f', newEmail: undefined });
});

test('of two passwords set at once one is the password', async ({ as, make }) => {
  const member = await make.member({ name: 'diana_f' });
  const [here, there] = [await as.member(member), await as.member(member)];
  const passwords = ['first odd words', 'second odd words'];
  const answers = await Promise.all(
    [here, there].map((browser, i) => browser.post('/settings/password', { password: passwords[i]! })),
  );
  // Whoever comes second is logged out already, or finds another password there.
  const saved = answers.map(({ headers }) => headers.location === '/settings/account?saved=password');
  expect(saved.filter(Boolean)).toHaveLength(1);
  for (const [i, password] of passwords.entries()) {
    const { status } = await as.visitor().post('/sign-in', { name: 'diana_f', password });
    expect(status).toBe(saved[i] ? 303 : 422);
  }
});
