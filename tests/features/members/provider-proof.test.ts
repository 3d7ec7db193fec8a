// "Confirm it is you" by way of another site: only by an account that is connected already, and by logging in there anew.
import { identities } from '../../../src/db/schema/index.ts';
import { cookieOf, expect, PASSWORD, Person, test } from './by-provider.ts';
import { codeAt, giveTwoStep } from './factors.ts';
import { Traveller } from '../../support/openid-provider.ts';

const PAGE = '/confirm-identity?next=%2Fsettings%2Ftwo-step';
const LINK = '/confirm-identity/with/acme?next=%2Fsettings%2Ftwo-step';

test('a member without a password confirms by what is connected, and comes back', async ({
  someone,
  make,
  connected,
  clock,
  db,
  openid,
}) => {
  await connected({ member: await make.member({ name: 'diana_f' }) });
  const person = someone();
  await person.goBy('/sign-in/with/acme');
  clock.advance({ minutes: 16 });
  const asked = await person.visit('/settings/two-step');
  expect(asked.url).toBe(PAGE);
  expect(asked.main).not.toContain('You log in without a password.');
  const links = [...asked.document.querySelectorAll('main .btn-row a')].map((link) =>
    link.getAttribute('href'),
  );
  expect(links).toEqual([LINK]);
  const sent = await person.get(LINK);
  const query = new URL(String(sent.headers.location)).searchParams;
  expect([query.get('prompt'), query.get('max_age')]).toEqual(['login', '0']);
  const before = cookieOf(await person.get('/settings/two-step'));
  expect(before).toBeUndefined();
  openid.asked.length = 0;
  expect((await person.goBy(LINK)).url).toBe('/settings/two-step');
  // The site knew the browser, and asked all the same.
  expect(openid.asked.some((path) => path.startsWith('/interaction/'))).toBe(true);
  expect(await db.select().from(identities)).toMatchObject([{ lastUsedAt: clock.now() }]);
  clock.advance({ minutes: 15 });
  expect((await person.visit('/settings/two-step')).url).toBe('/settings/two-step');
});

test('confirming gives the browser another session, and the old id proves nothing', async ({
  someone,
  site,
  make,
  connected,
  clock,
}) => {
  await connected({ member: await make.member({ name: 'diana_f', password: PASSWORD }) });
  const person = someone();
  const before = cookieOf(await person.post('/sign-in', { name: 'diana_f', password: PASSWORD }))!;
  clock.advance({ minutes: 16 });
  const after = cookieOf(await person.get(await person.leaveBy(LINK)))!;
  expect(after).not.toBe(before);
  expect((await new Person(site, before).get('/settings/two-step')).headers.location).toContain('/sign-in');
  expect((await new Person(site, after).get('/settings/two-step')).status).toBe(200);
});

test('another account there confirms nothing, connected to nobody or to somebody else', async ({
  someone,
  make,
  connected,
  clock,
  openid,
}) => {
  await connected({ member: await make.member({ name: 'diana_f', password: PASSWORD }) });
  await connected({ member: await make.member(), subject: 'mallory' });
  const person = someone();
  await person.logIn('diana_f');
  clock.advance({ minutes: 16 });
  for (const other of ['mallory', 'stranger']) {
    openid.person = other;
    person.traveller = new Traveller();
    openid.accounts.set(other, { email: 'diana_f@example.org', email_verified: true });
    const page = await person.goBy(LINK);
    expect(page.main).toContain(
      'Not confirmed. Acme knows you by an account that is not connected to yours here.',
    );
    expect(page.field('next').value).toBe('/settings/two-step');
    expect((await person.get('/settings/two-step')).headers.location).toBe(PAGE);
  }
  openid.person = 'diana';
  person.traveller = new Traveller();
  expect((await person.goBy(LINK)).url).toBe('/settings/two-step');
});

test.for([
  ['from before they left', { auth_time: Math.floor(Date.now() / 1_000) - 60 }],
  ['of unknown age', { auth_time: undefined }],
] as const)(
  'a login there %s confirms nothing',
  async ([, change], { someone, make, connected, clock, openid }) => {
    await connected({ member: await make.member({ name: 'diana_f', password: PASSWORD }) });
    const person = someone();
    await person.logIn('diana_f');
    clock.advance({ minutes: 16 });
    openid.forge = (claims) => ({ ...claims, ...change });
    const page = await person.goBy(LINK);
    expect(page.main).toContain('Not confirmed. Acme gave an answer that cannot be used.');
    expect((await person.get('/settings/two-step')).headers.location).toBe(PAGE);
  },
);

test('who needed a while there has not been away for too long', async ({
  someone,
  make,
  connected,
  clock,
  openid,
}) => {
  await connected({ member: await make.member({ name: 'diana_f', password: PASSWORD }) });
  const person = someone();
  await person.logIn('diana_f');
  clock.advance({ minutes: 16 });
  const back = await person.leaveBy(LINK);
  clock.advance({ minutes: 4 });
  openid.forge = (claims) => ({ ...claims, auth_time: Number(claims.auth_time) - 200 });
  expect((await person.visit(back)).url).toBe('/settings/two-step');
});

test('it is offered beside the password, and only where something is connected', async ({
  someone,
  make,
  connected,
  clock,
}) => {
  const [plain, other] = [someone(), someone()];
  await make.member({ name: 'kevin_h', password: PASSWORD });
  await connected({ member: await make.member({ name: 'diana_f', password: PASSWORD }) });
  await plain.logIn('kevin_h');
  await other.logIn('diana_f');
  clock.advance({ minutes: 16 });
  expect((await plain.visit(PAGE)).html).not.toContain('/confirm-identity/with/');
  const page = await other.visit(PAGE);
  expect(page.main).toContain('Password of diana_f');
  expect(page.main).toContain('Confirm with Acme');
  expect(page.main).not.toContain('Confirm with GitHub');
  expect((await someone().get(LINK)).headers.location).toBe('/sign-in?next=%2Fsettings%2Ftwo-step');
});

test('GitHub asks which account it is, and no more', async ({ someone, make, github, clock, db }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await db.insert(identities).values({
    memberId: member.id,
    issuer: 'https://github.com',
    subject: '583231',
    providerKey: 'github',
    label: 'octocat',
    createdAt: clock.now(),
    lastUsedAt: clock.now(),
  });
  const person = someone();
  await person.logIn('diana_f');
  clock.advance({ minutes: 16 });
  expect((await person.goBy('/confirm-identity/with/github?next=%2Fsettings%2Ftwo-step')).url).toBe(
    '/settings/two-step',
  );
  expect(github.departures.map((query) => query.get('prompt'))).toEqual(['select_account']);
});

test('it leads nowhere else', async ({ someone, make, connected, clock }) => {
  await connected({ member: await make.member({ name: 'diana_f', password: PASSWORD }) });
  const person = someone();
  await person.logIn('diana_f');
  clock.advance({ minutes: 16 });
  expect((await person.goBy('/confirm-identity/with/acme?next=%2F%2Fevil.example')).url).toBe('/');
});

test('with two-step login another site is neither offered nor enough', async ({
  site,
  someone,
  make,
  connected,
  clock,
}) => {
  const member = await make.member({ name: 'diana_f' });
  await connected({ member });
  const person = someone();
  await person.goBy('/sign-in/with/acme');
  const { key } = await giveTwoStep(site, member);
  clock.advance({ minutes: 16 });
  const asked = await person.visit('/confirm-identity?next=/settings/two-step');
  expect(asked.main).not.toContain('Acme');
  const back = await person.goBy('/confirm-identity/with/acme?next=/settings/two-step');
  expect(back.url).toBe('/confirm-identity?next=%2Fsettings%2Ftwo-step');
  const confirmed = await back.press('Confirm', { code: codeAt(key, clock.now()) });
  expect(confirmed.url).toBe('/settings/two-step');
});
