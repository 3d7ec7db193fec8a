// /admin/members: finding members, and changing what they are.
import { eq } from 'drizzle-orm';
import { actions, events, members } from '../../../src/db/schema/index.ts';
import { PAGES } from '../../../src/domain/limits.ts';
import { expect, test } from '../../support/forum.ts';

test('an admin finds a member and makes them a moderator, which ends the sessions they had', async ({
  as,
  make,
  db,
}) => {
  const [olga, marta] = [
    await make.member({ name: 'olga_p', role: 'admin' }),
    await make.member({ name: 'Marta_L' }),
  ];
  const martas = await as.member(marta);
  const somebodyElse = await as.member();
  expect((await martas.get('/moderation')).status).toBe(403);
  const page = await (await as.admin(olga)).visit('/admin/members');
  expect(page.main).toContain('logged out everywhere');
  const found = await page.press('Find', { name: 'marta' });
  expect(found.main).toContain('Marta_L');
  const changed = await found.press('Change role', { role: 'moderator', reason: 'Knows the house rules.' });
  expect(changed.main).toContain('Role changed.');
  expect(changed.field('name').value).toBe('Marta_L');
  expect(changed.document.querySelector('.items .badge-mod')?.textContent).toBe('Moderator');
  expect((await martas.get('/moderation')).headers.location).toBe('/sign-in?next=%2Fmoderation');
  expect((await (await as.member(marta)).get('/moderation')).status).toBe(200);
  expect((await somebodyElse.get('/settings')).status).toBe(200);
  const [action] = await db.select().from(actions);
  expect(action).toMatchObject({
    kind: 'change-role',
    actorId: olga.id,
    memberId: marta.id,
    reason: 'Knows the house rules.',
    data: { what: 'from member to moderator', from: 'member', to: 'moderator' },
  });
  const [event] = await db.select().from(events).orderBy(events.id);
  expect(event).toMatchObject({
    kind: 'role-changed',
    data: { actionId: action?.id, memberId: marta.id, from: 'member', to: 'moderator' },
  });
});

test('a name is found by how it begins, in any case, and wildcards mean themselves', async ({ as, make }) => {
  for (const name of ['anna', 'Anna_B', 'annab', 'bert']) await make.member({ name });
  const browser = await as.admin();
  const names = async (wanted: string) => {
    const page = await browser.visit(`/admin/members?name=${encodeURIComponent(wanted)}`);
    const list = page.document.querySelector('h2 + ul.items');
    return [...(list?.querySelectorAll('h3 > a') ?? [])].map((link) => link.textContent).sort();
  };
  expect(await names('ANNA')).toEqual(['Anna_B', 'anna', 'annab']);
  expect(await names('anna_')).toEqual(['Anna_B']);
  const nobody = await browser.visit('/admin/members?name=%25');
  expect(nobody.main).toContain('No member’s name begins with “%”.');
});

test('a role that is none, and no reason, come back as typed beside their fields', async ({
  as,
  make,
  db,
}) => {
  const marta = await make.member({ name: 'marta_l' });
  const browser = await as.admin();
  const page = await browser.visit('/admin/members?name=marta_l');
  const refused = await page.press('Change role', { role: 'moderator', reason: '   ' });
  expect(refused.status).toBe(422);
  expect(refused.error('reason')).toBe('Say why in a sentence: it stands in the public log.');
  expect(refused.document.querySelector('option[selected]')?.getAttribute('value')).toBe('moderator');
  expect(refused.document.querySelector('details[open] form')).not.toBeNull();
  const odd = await page.press('Change role', { role: 'owner', reason: 'y'.repeat(1001) });
  expect(odd.error('role')).toBe('Choose a role.');
  expect(odd.error('reason')).toContain('too long by 1');
  expect(odd.field('reason').value).toBe('y'.repeat(1001));
  expect((await browser.post(`/admin/members/${marta.id}/role`, {})).status).toBe(422);
  expect((await browser.post('/admin/members/123456/role', { role: 'admin', reason: 'x' })).status).toBe(404);
  expect((await browser.post('/admin/members/x/role', { role: 'admin', reason: 'x' })).status).toBe(404);
  expect(await db.$count(actions)).toBe(0);
});

test('a moderator who was looked for stands on the page once, so that no two fields share an id', async ({
  as,
  make,
}) => {
  for (const name of ['marta_l', 'tomas_r']) await make.member({ name, role: 'moderator' });
  const { document } = await (await as.admin()).visit('/admin/members?name=marta');
  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => /^reason-\d+$/.test(id))).toHaveLength(2);
});

test('nobody changes their own role, so the last admin stays', async ({ as, make }) => {
  const olga = await make.member({ name: 'olga_p', role: 'admin' });
  const browser = await as.admin(olga);
  const page = await browser.visit('/admin/members');
  expect(page.main).toContain('You');
  expect(page.document.querySelector('.items form')).toBeNull();
  const answer = await browser.post(`/admin/members/${olga.id}/role`, { role: 'member', reason: 'Tired.' });
  expect(answer.status).toBe(403);
  expect(answer.text).toContain('ask another admin');
});

test('the role that a member has already is no change', async ({ as, make, db }) => {
  const marta = await make.member({ role: 'moderator' });
  const answer = await (
    await as.admin()
  ).post(`/admin/members/${marta.id}/role`, {
    role: 'moderator',
    reason: 'Again.',
  });
  expect(answer.status).toBe(409);
  expect(await db.$count(actions)).toBe(0);
});

test('two admins who depose each other at once leave one', async ({ as, make, db }) => {
  const [olga, pavel] = [await make.member({ role: 'admin' }), await make.member({ role: 'admin' })];
  const browsers = [await as.admin(olga), await as.admin(pavel)] as const;
  const answers = await Promise.all([
    browsers[0].post(`/admin/members/${pavel.id}/role`, { role: 'member', reason: 'First.' }),
    browsers[1].post(`/admin/members/${olga.id}/role`, { role: 'member', reason: 'No, I.' }),
  ]);
  // The slower one is refused, or has been logged out before it could ask.
  const won = answers.filter(({ headers }) => headers.location?.startsWith('/admin/members'));
  expect(won).toHaveLength(1);
  expect(await db.$count(members, eq(members.role, 'admin'))).toBe(1);
  expect(await db.$count(actions)).toBe(1);
});

test('the staff is listed, those who joined last first, a page at a time, and nobody else', async ({
  as,
  make,
  clock,
}) => {
  const admin = await make.member({ role: 'admin', joinedAt: clock.ago({ days: 900 }) });
  for (let n = 1; n <= PAGES.list; n += 1)
    await make.member({ name: `mod${n}`, role: 'moderator', joinedAt: clock.ago({ days: n }) });
  await make.member({ name: 'nobody_special' });
  const page = await (await as.admin(admin)).visit('/admin/members');
  const first = [...page.document.querySelectorAll('.items h3 > a')].map((link) => link.textContent);
  expect(first).toHaveLength(PAGES.list);
  expect(first.slice(0, 2)).toEqual(['mod1', 'mod2']);
  const next = await page.follow('More');
  const second = [...next.document.querySelectorAll('.items h3 > a')].map((link) => link.textContent);
  expect(second).toEqual([admin.name]);
  expect(next.document.querySelector('[rel="next"]')).toBeNull();
  expect((await (await as.admin(admin)).get('/admin/members?after=nonsense')).status).toBe(400);
});
