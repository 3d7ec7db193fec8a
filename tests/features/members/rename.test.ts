// Another name: once a year, under the rules of signing up, and the old one leads to its member for good.
import { eq } from 'drizzle-orm';
import { formerNames, members } from '../../../src/db/schema/index.ts';
import { rename as renameMember } from '../../../src/features/members/commands/names.ts';
import { importBesideOthers } from '../../../src/features/members/index.ts';
import type { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { PASSWORD } from './logging-in.ts';
import { sanction } from './sanctions.ts';

const SIGN_UP = { email: 'new@example.org', password: 'a short sentence', rules: '1' };
const RENAME = { name: 'diana_new', passwordForName: PASSWORD };

async function rename(browser: Browser, name: string) {
  return (await browser.visit('/settings/account')).press('Change name', { ...RENAME, name });
}

test('a member takes another name, and the old one leads to it everywhere', async ({ as, make, drain }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const topic = await make.topic({ author: member, title: 'Grid operators report' });
  const other = await as.member(await make.member({ name: 'omar_t' }));
  await other.post(`/t/${topic.id}/reply`, { body: 'As @diana_f says.' });
  const browser = await as.member(member);
  const done = await rename(browser, 'Diana_New');
  expect(done.main).toContain('Your name has been changed.');
  expect(done.main).toContain('You are Diana_New');
  expect(done.main).toContain('yours again from 3 April 2027 on');

  const answer = await as.visitor().get('/u/Diana_F?show=topics');
  expect([answer.status, answer.headers.location]).toEqual([301, '/u/Diana_New?show=topics']);
  expect(answer.headers['cache-control']).toBe('no-cache');
  const page = await as.visitor().visit(`/t/${topic.id}/${topic.slug}`);
  expect(page.main).toContain('Posted by Diana_New');
  expect((await page.follow('@diana_f')).url).toBe('/u/Diana_New');
  expect((await as.visitor().visit('/search?q=grid&by=diana_f')).main).toContain('Grid operators report');

  // Whoever still writes to the old name reaches its member.
  await other.post(`/t/${topic.id}/reply`, { body: 'Once more, @diana_f and @diana_new.', form_id: '' });
  await drain();
  expect((await browser.visit('/inbox')).main).toContain('omar_t');
  const login = { name: 'diana_new', password: PASSWORD };
  expect((await as.visitor().post('/sign-in', login)).status).toBe(303);
  expect((await as.visitor().post('/sign-in', { ...login, name: 'diana_f' })).status).toBe(422);
});

test('the log shows the present name, and is found by the former one', async ({ as, make, clock, db }) => {
  const member = await make.member({ name: 'diana_f', role: 'moderator', password: PASSWORD });
  const { id } = await make.reply({ topic: await make.topic() });
  const browser = await as.member(member);
  await make.hide({ post: id, by: member });
  expect((await rename(browser, 'diana_new')).main).toContain('You are diana_new');
  const log = await as.visitor().visit('/moderation/log?by=diana_f');
  expect(log.main).toContain('diana_new');
  expect(await db.select().from(formerNames)).toEqual([
    { nameKey: 'diana_f', nameSkeleton: 'dlana-f', memberId: member.id, usedUntil: clock.now() },
  ]);
});

test('nobody else gets the old name or one that looks like it: not by signing up, by renaming, by import', async ({
  as,
  make,
  db,
  clock,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await rename(await as.member(member), 'somebody-else');
  const rival = await as.member(await make.member({ name: 'rival', password: PASSWORD }));
  for (const name of ['diana_f', 'Diana_F', 'd1ana-f', 'somebody_e1se']) {
    const signUp = await as.visitor().post('/sign-up', { ...SIGN_UP, name });
    expect(signUp.status, name).toBe(422);
    const refused = await rename(rival, name);
    expect(refused.status, name).toBe(422);
    expect(refused.error('name')).toBe('That name is taken, or looks too much like one that is.');
  }
  const imported = {
    name: 'diana_f',
    email: null,
    passwordHash: null,
    joinedAt: clock.now(),
    confirmedAt: null,
  };
  const { told } = await db.transaction((tx) => importBesideOthers(tx, [imported]));
  expect(told).toEqual([{ of: 0, text: 'the name diana_f is taken: imported as diana_f_2' }]);
});

test('the old name stays reserved when its member is gone, and leads nowhere then', async ({
  as,
  make,
  db,
}) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  await rename(await as.member(member), 'diana_new');
  await db.delete(members).where(eq(members.id, member.id));
  expect((await as.visitor().post('/sign-up', { ...SIGN_UP, name: 'diana_f' })).status).toBe(422);
  expect((await as.visitor().get('/u/diana_f')).status).toBe(404);
});

test('a name can be changed once a year, and the old one taken back', async ({ as, clock, make, db }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  expect((await rename(await as.member(member), 'diana_new')).status).toBe(200);
  clock.advance({ days: 364, hours: 23 });
  const early = await (await as.member(member)).post('/settings/name', { ...RENAME, name: 'diana_f' });
  expect(early.status).toBe(429);
  expect(early.text).toContain(
    'A name can be changed once a year. You can change yours again in 60 minutes.',
  );
  clock.advance({ hours: 1 });
  expect((await rename(await as.member(member), 'Diana_F')).main).toContain('You are Diana_F');
  expect((await as.visitor().get('/u/diana_new')).headers.location).toBe('/u/Diana_F');
  expect((await as.visitor().get('/u/Diana_F')).status).toBe(200);
  expect((await db.select({ key: formerNames.nameKey }).from(formerNames)).map(({ key }) => key)).toEqual([
    'diana_new',
  ]);
});

test('another case of the same name is a change, too, and reserves nothing', async ({ as, make, db }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  expect((await rename(await as.member(member), 'Diana_F')).main).toContain('You are Diana_F');
  expect(await db.select().from(formerNames)).toEqual([]);
  expect((await (await as.member(member)).post('/settings/name', RENAME)).status).toBe(429);
});

test.for([
  ['name', { name: 'd' }, 'A name has 2 to 25 characters'],
  ['name', { name: '' }, 'A name has 2 to 25 characters'],
  ['name', { name: 'dïana' }, 'letters A to Z'],
  ['name', { name: 'diana\r\nSet-Cookie: a=b' }, 'letters A to Z'],
  ['name', { name: '../admin' }, 'letters A to Z'],
  ['name', { name: 'mod-erator' }, 'reserved'],
  ['name', { name: 'diana_f' }, 'your name already'],
  ['name', { name: 'olivia' }, 'That name is taken'],
  ['name', { name: '0livia' }, 'That name is taken'],
  ['passwordForName', { passwordForName: '' }, 'Give your current password'],
  ['passwordForName', { passwordForName: 'wrong wrong wrong' }, 'not your current password'],
] as const)('a rename is refused for its field %s: %j', async ([field, change, reason], { as, make, db }) => {
  await make.member({ name: 'olivia' });
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const page = await (await as.member(member)).visit('/settings/account');
  const answer = await page.press('Change name', { ...RENAME, ...change });
  expect(answer.status).toBe(422);
  expect(answer.error(field)).toContain(reason);
  expect(answer.html).not.toContain(PASSWORD);
  const [row] = await db.select({ name: members.name }).from(members).where(eq(members.id, member.id));
  expect(row).toEqual({ name: 'diana_f' });
});

test('of several who want one name at the same instant, one gets it', async ({ as, make, db }) => {
  const browsers = [];
  for (const name of ['anna_a', 'berta_b', 'carla_c', 'dora_d'])
    browsers.push(await as.member(await make.member({ name, password: PASSWORD })));
  const wanted = ['the-one', 'The-One', 'the_one', 'the-0ne'];
  const answers = await Promise.all([
    ...browsers.map((browser, n) => browser.post('/settings/name', { ...RENAME, name: wanted[n] ?? '' })),
    as.visitor().post('/sign-up', { ...SIGN_UP, name: 'the-one' }),
  ]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 422, 422, 422, 422]);
  const rows = await db.select().from(members).where(eq(members.nameSkeleton, 'the-one'));
  expect(rows).toHaveLength(1);
});

test('nor do more than one get names that look alike when nothing else keeps them apart', async ({
  make,
  db,
  clock,
}) => {
  const rows = [];
  for (let n = 0; n < 12; n += 1) rows.push(await make.member());
  const alike = ['o', '0'].flatMap((o) => ['l', 'i', '1'].flatMap((l) => [`w${o}${l}d-x`, `w${o}${l}d_x`]));
  const renamed = await Promise.all(
    rows.map((row, n) => {
      const member = {
        ...row,
        kind: 'member',
        silencedUntil: null,
        suspendedUntil: null,
        leavingAt: null,
        trust: 'member',
      } as const;
      return db.transaction((tx) => renameMember(tx, member, alike[n] ?? '', clock.now()));
    }),
  );
  expect(renamed.filter(Boolean)).toHaveLength(1);
});

test.for(['silence', 'suspension'] as const)(
  'nobody gets away from a %s by another name',
  async (kind, { as, make, db, clock }) => {
    const member = await make.member({ name: 'diana_f', password: PASSWORD });
    await sanction(db, member, kind, { startsAt: clock.ago({ hours: 1 }), endsAt: null });
    const answer = await (await as.member(member)).post('/settings/name', RENAME);
    expect(answer.status).toBe(403);
    expect(await db.select({ name: members.name }).from(members)).toEqual([{ name: 'diana_f' }]);
  },
);
