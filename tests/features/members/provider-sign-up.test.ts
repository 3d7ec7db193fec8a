// Signing up by way of another site: a name, the rules, and an address that the site vouches for.
import { eq, gt } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import {
  barredAddresses,
  identities,
  invitations,
  members,
  sessions,
  settings,
} from '../../../src/db/schema/index.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { keyedDigest } from '../../../src/lib/keyed-digest.ts';
import { BUDGETS } from '../../../src/web/plugins/rate-budgets.ts';
import { SECRET } from '../../support/forum.ts';
import { expect, PASSWORD, Person, providersAt, test } from './by-provider.ts';

const START = '/sign-in/with/acme';
const DIANA = { email: 'diana@acme.example', email_verified: true, preferred_username: 'Diana F.' };

test('who is not known finishes signing up, and is a member with a confirmed address and no password', async ({
  someone,
  openid,
  db,
  clock,
  drain,
  mails,
}) => {
  openid.accounts.set('diana', DIANA);
  const person = someone();
  const page = await person.goBy(`${START}?next=%2Fsettings%2Faccount`);
  expect(page.url).toBe('/sign-up/finish');
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.main).toContain('You came from Acme as diana@acme.example.');
  expect(page.main).toContain('Your address here is diana@acme.example, confirmed by Acme.');
  expect(page.field('name').value).toBe('Diana_F');
  expect(await db.select().from(members)).toEqual([]);
  const done = await page.press('Create account', { name: 'diana_f', rules: true });
  expect(done.url).toBe('/settings/account');
  const [member] = await db.select().from(members);
  expect(member).toMatchObject({
    name: 'diana_f',
    email: 'diana@acme.example',
    emailKey: 'diana@acme.example',
    passwordHash: null,
    confirmedAt: clock.now(),
    role: 'member',
  });
  expect(await db.select().from(identities)).toMatchObject([
    {
      memberId: member!.id,
      issuer: openid.issuer,
      subject: 'diana',
      providerKey: 'acme',
      label: 'diana@acme.example',
    },
  ]);
  await drain();
  expect(mails()).toEqual([]);
  await person.post('/sign-out');
  expect((await person.goBy(`${START}?next=%2Fsettings`)).url).toBe('/settings');
  expect(await db.select().from(members)).toHaveLength(1);
});

test.for([
  ['not vouched for', { email: 'diana@acme.example', email_verified: false }],
  ['vouched for by a word', { email: 'diana@acme.example', email_verified: 'true' }],
  ['vouched for by a number', { email: 'diana@acme.example', email_verified: 1 }],
  ['of unknown standing', { email: 'diana@acme.example' }],
  ['missing', {}],
  ['that is none', { email: ['diana@acme.example'], email_verified: true }],
] as const)(
  'with an address %s nobody joins, and nothing is connected',
  async ([, claims], { someone, openid, db, make }) => {
    await make.member({ email: 'diana@acme.example' });
    openid.accounts.set('diana', claims);
    const person = someone();
    const page = await person.goBy(START);
    expect(page.main).toContain('Not logged in. Acme does not vouch for an e-mail address of yours.');
    for (const path of ['/sign-up/finish', '/sign-in/connect'])
      expect((await person.get(path)).headers.location).toContain('/sign-in?trouble=late');
    expect((await person.post('/sign-up/finish', { name: 'diana_f', rules: '1' })).status).toBe(303);
    expect(await db.select().from(members)).toHaveLength(1);
    expect(await db.select().from(identities)).toEqual([]);
  },
);

test('a name is checked as at any sign-up, and what was typed comes back', async ({
  someone,
  openid,
  make,
  db,
}) => {
  openid.accounts.set('diana', { ...DIANA, preferred_username: 'admin', name: '' });
  await make.member({ name: 'kevin_h' });
  const page = await someone().goBy(START);
  // Neither the reserved name nor an empty one is offered.
  expect(page.field('name').value).toBe('diana');
  for (const [name, reason] of [
    ['', '2 to 25'],
    ['admin', 'reserved'],
    ['kev in', 'letters'],
    ['kevin_h', 'taken'],
    ['kev1n_h', 'taken'],
  ] as const) {
    const answer = await page.press('Create account', { name, rules: true });
    expect([answer.status, answer.error('name')]).toEqual([422, expect.stringContaining(reason)]);
    expect(answer.field('name').value).toBe(name);
  }
  const answer = await page.press('Create account', { name: 'diana_f' });
  expect([answer.status, answer.error('rules')]).toEqual([422, expect.stringContaining('agreement')]);
  expect(await db.select().from(members)).toHaveLength(1);
});

test('the address is the one that came from there, whatever is sent', async ({ someone, openid, db }) => {
  openid.accounts.set('diana', DIANA);
  const person = someone();
  await person.goBy(START);
  const sent = { name: 'diana_f', rules: '1', email: 'boss@forum.example', role: 'admin', subject: 'boss' };
  await person.post('/sign-up/finish', sent);
  expect(await db.select().from(members)).toMatchObject([{ email: 'diana@acme.example', role: 'member' }]);
  expect(await db.select().from(identities)).toMatchObject([{ subject: 'diana' }]);
});

test('finished in several browsers at once, it opens one account', async ({ someone, openid, db }) => {
  openid.accounts.set('diana', DIANA);
  const people = [someone(), someone(), someone()];
  for (const person of people) await person.goBy(START);
  const answers = await Promise.all(
    people.map((person, at) => person.post('/sign-up/finish', { name: `diana_${at % 2}x`, rules: '1' })),
  );
  expect(answers.map(({ status, headers }) => [status, headers.location])).toEqual(
    people.map(() => [303, '/']),
  );
  expect(await db.select().from(members)).toHaveLength(1);
  expect(await db.select().from(identities)).toHaveLength(1);
  for (const person of people) {
    expect((await person.get('/settings')).status).toBe(200);
    expect((await person.get('/sign-up/finish')).headers.location).toContain('late');
  }
});

test('who has finished in another browser is logged in to what they have', async ({
  someone,
  openid,
  db,
}) => {
  openid.accounts.set('diana', DIANA);
  const [one, two] = [
    await someone().goBy(START),
    await someone().goBy(`${START}?next=%2Fsettings%2Faccount`),
  ];
  await one.press('Create account', { name: 'diana_f', rules: true });
  const there = await two.press('Create account', { name: 'diana_g', rules: true });
  expect(there.url).toBe('/settings/account');
  expect(there.main).toContain('You are diana_f');
  expect(await db.select().from(members)).toHaveLength(1);
});

test('an account that has not confirmed the address keeps nobody from it', async ({
  someone,
  openid,
  make,
  db,
}) => {
  const squatter = await make.member({ name: 'mallory', email: 'diana@acme.example', confirmedAt: null });
  openid.accounts.set('diana', DIANA);
  const page = await someone().goBy(START);
  expect(page.url).toBe('/sign-up/finish');
  await page.press('Create account', { name: 'diana_f', rules: true });
  const [identity] = await db.select().from(identities);
  expect(identity?.memberId).not.toBe(squatter.id);
  expect(await db.select().from(members).where(eq(members.id, squatter.id))).toMatchObject([
    { confirmedAt: null },
  ]);
});

test('an address that is confirmed by somebody meanwhile leads to their account', async ({
  someone,
  openid,
  make,
  db,
}) => {
  openid.accounts.set('diana', DIANA);
  const page = await someone().goBy(START);
  await make.member({ email: 'Diana@Acme.example' });
  const answer = await page.press('Create account', { name: 'diana_f', rules: true });
  expect(answer.url).toBe('/sign-in/connect');
  expect(answer.main).toContain('You have an account here');
  expect(await db.select().from(identities)).toEqual([]);
});

test('a throw-away address is refused as at any sign-up', async ({ someone, openid, db }) => {
  openid.accounts.set('diana', { email: 'diana@mailinator.com', email_verified: true });
  const person = someone();
  const page = await person.goBy(START);
  expect(page.main).toContain('diana@mailinator.com cannot be used. This address is given to everybody');
  expect(page.document.querySelector('main form')).toBeNull();
  expect((await person.post('/sign-up/finish', { name: 'diana_f', rules: '1' })).status).toBe(422);
  expect(await db.select().from(members)).toEqual([]);
});

test('while the forum takes no new members, it says so', async ({ someone, openid, site, db }) => {
  openid.accounts.set('diana', DIANA);
  const person = someone();
  const page = await person.goBy(START);
  await closeSignUp(site);
  expect((await page.press('Create account', { name: 'diana_f', rules: true })).status).toBe(403);
  expect((await person.visit('/sign-up/finish')).main).toContain('No new members at present.');
  expect(await db.select().from(members)).toEqual([]);
});

test('it waits a quarter of an hour, in this browser alone, and not beyond logging out', async ({
  someone,
  openid,
  clock,
  db,
}) => {
  openid.accounts.set('diana', DIANA);
  const person = someone();
  await person.goBy(START);
  expect((await someone().get('/sign-up/finish')).status).toBe(303);
  clock.advance({ minutes: 14, seconds: 59 });
  expect((await person.get('/sign-up/finish')).status).toBe(200);
  clock.advance({ seconds: 2 });
  const late = await person.visit('/sign-up/finish');
  expect(late.main).toContain('Not logged in. It took too long');
  expect((await person.post('/sign-up/finish', { name: 'diana_f', rules: '1' })).headers.location).toContain(
    'late',
  );

  await person.goBy(START);
  expect((await person.get('/sign-up/finish')).status).toBe(200);
  await person.post('/sign-out');
  expect((await person.get('/sign-up/finish')).status).toBe(303);
  expect(await db.select().from(members)).toEqual([]);
  const open = await db.select().from(sessions).where(gt(sessions.expiresAt, clock.now()));
  expect(JSON.stringify(open)).not.toContain('diana');
});

test('the budget of sign-ups counts here, too', async ({ forum, site, openid, github }) => {
  openid.accounts.set('diana', DIANA);
  const budgets = { ...BUDGETS, 'sign-up': { max: 2, seconds: 600 } };
  const app = await forum.build({ config: site.config, budgets });
  await app.ready();
  expect(app.config.providers).toEqual(providersAt(openid.issuer, github.web));
  const person = new Person(app);
  await person.goBy(START);
  const statuses = [];
  for (const name of ['', '', 'diana_f'])
    statuses.push((await person.post('/sign-up/finish', { name, rules: '1' })).status);
  expect(statuses).toEqual([422, 422, 429]);
  await app.close();
});

test('a member without a password gets none by trying, and one by mail', async ({
  someone,
  openid,
  drain,
  mails,
}) => {
  openid.accounts.set('diana', DIANA);
  const page = await someone().goBy(START);
  await page.press('Create account', { name: 'diana_f', rules: true });
  for (const password of ['', PASSWORD, 'null'])
    expect((await someone().post('/sign-in', { name: 'diana_f', password })).status).toBe(422);
  await someone().post('/forgot', { name: 'diana_f' });
  await drain();
  expect(mails().map(({ subject, to }) => [subject, to])).toEqual([
    ['A new password for Tokenwire', 'diana@acme.example'],
  ]);
});

test.for([
  [{ name: '<script>alert(1)</script>' }, 'scriptalert1script'],
  [{ name: 'Zoë Müller' }, 'Zoe_Muller'],
  [{ nickname: 'x'.repeat(60) }, 'x'.repeat(25)],
  [{ preferred_username: { toString: 'x' }, name: 'Li' }, 'Li'],
  [{ preferred_username: '日本', email: 'x@acme.example' }, ''],
] as const)('of %j the name offered is %j', async ([claims, name], { someone, openid }) => {
  openid.accounts.set('diana', { ...DIANA, preferred_username: undefined, ...claims });
  const page = await someone().goBy(START);
  expect(page.field('name').value).toBe(name);
  expect(page.html).not.toContain('<script>alert');
});

async function closeSignUp({ db, site }: FastifyInstance): Promise<void> {
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, signUp: 'closed' } });
  await site.refresh();
}

test('an invitation goes along to the other site and back, and is spent', async ({
  as,
  someone,
  openid,
  site,
  db,
}) => {
  await site.site.refresh();
  const inviter = await as.member();
  await inviter.post('/settings/invitations', { note: '' });
  const shown = await inviter.visit('/settings/invitations');
  const link = new URL(shown.document.querySelector('[id^="link-"]')?.getAttribute('value') ?? '');
  await db.update(settings).set({ values: { ...DEFAULT_SETTINGS, signUp: 'invitation' } });
  await site.site.refresh();
  openid.accounts.set('diana', DIANA);

  const uninvited = someone();
  expect((await uninvited.goBy('/sign-in/with/acme')).main).toContain('New members come by invitation.');

  const person = someone();
  const page = await person.visit(link.pathname + link.search);
  const way = page.document.querySelector('a[href^="/sign-in/with/acme"]')?.getAttribute('href') ?? '';
  const finish = await person.goBy(way);
  expect(finish.main).toContain('invites you.');
  const joined = await finish.press('Create account', { name: 'anna_b', rules: true });
  expect(joined.url).toBe('/');
  const [row] = await db.select({ joinedId: invitations.joinedId }).from(invitations);
  expect(row?.joinedId).not.toBeNull();
});

test('an address that is barred opens no account by way of another site either', async ({
  someone,
  openid,
  db,
  clock,
}) => {
  openid.accounts.set('diana', DIANA);
  const until = new Date(clock.now().getTime() + 24 * 3_600_000);
  const digest = keyedDigest(SECRET, 'barred address', DIANA.email);
  await db.insert(barredAddresses).values({ digest, until });
  const person = someone();
  const finish = await person.goBy('/sign-in/with/acme');
  const refused = await finish.press('Create account', { name: 'anna_b', rules: true });
  expect(refused.status).toBe(403);
  expect(refused.main).toContain('The address cannot be used until');
  expect(await db.select().from(members)).toEqual([]);
});
