// /setup: how a forum in production begins, who may do it, and that it happens once.
import { asc } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { afterAll } from 'vitest';
import { members, sections, settings } from '../../../src/db/schema/index.ts';
import { DEFAULT_SECTIONS } from '../../../src/domain/sections.ts';
import { DEFAULT_SETTINGS } from '../../../src/domain/settings.ts';
import { setUpForum } from '../../../src/features/admin/commands/setup.ts';
import { setupToken } from '../../../src/features/admin/index.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test, type Forum } from '../../support/forum.ts';

const SECRET = 'a secret of tests, long enough to be one';
const TOKEN = setupToken(SECRET);
const ADMIN = { memberName: 'olga_p', email: 'olga@gridwire.example', password: 'seven red transformers' };

/** Whoever waits for an advisory lock in this database. */
const WAITING = `select from pg_locks where locktype = 'advisory' and not granted
  and database = (select oid from pg_database where datname = current_database())`;

/** Two processes of the forum as it runs in production, on the tests' database; built once. */
const processes: FastifyInstance[] = [];

async function inProduction(forum: Forum, which: 0 | 1 = 0): Promise<Browser> {
  const app = (processes[which] ??= await forum.build({ config: { production: true } }));
  await app.ready();
  await app.site.refresh();
  return new Browser(app);
}

afterAll(async () => {
  for (const app of processes) await app.close();
});

test('the token is half a SHA-256, another one for each secret, and the same in every process', () => {
  expect(TOKEN).toMatch(/^[0-9a-f]{32}$/);
  expect(setupToken(SECRET)).toBe(TOKEN);
  expect(setupToken(`${SECRET}.`)).not.toBe(TOKEN);
});

test('while there is no admin every page leads to setup and no form is taken', async ({ forum, app }) => {
  const browser = await inProduction(forum);
  for (const path of ['/', '/rules', '/s/funding', '/admin', '/feed.atom', '/no-such-page', '/setup/']) {
    const answer = await browser.get(path);
    expect([answer.status, answer.headers.location], path).toEqual([303, '/setup']);
    expect(answer.headers['cache-control'], path).toBe('no-store');
  }
  for (const path of ['/sign-up', '/sign-in', '/submit', '/admin'])
    expect((await browser.post(path, ADMIN)).status, path).toBe(503);
  for (const path of ['/healthz', '/readyz', app.site.current().theme.href])
    expect((await browser.get(path)).status, path).toBe(200);
  const page = await browser.visit('/');
  expect(page.url).toBe('/setup');
  // Every link and form around it would lead back to it.
  expect(page.document.querySelectorAll('.mast :is(form, nav), footer')).toHaveLength(0);
  expect(page.text).not.toContain('Log in');
  const style = page.document.querySelector('link[rel="stylesheet"]')?.getAttribute('href') ?? '';
  expect((await browser.get(style)).status).toBe(200);
});

test('whoever comes without the token, or with another, learns where to look for it', async ({
  forum,
  db,
}) => {
  const browser = await inProduction(forum);
  const without = await browser.visit('/setup');
  expect(without.status).toBe(403);
  expect(without.main).toContain('its log shows an address');
  expect(without.document.querySelector('main form')).toBeNull();
  for (const token of ['x', TOKEN.toUpperCase(), `${TOKEN}0`, TOKEN.replace(/^./, 'g'), '\u0000']) {
    const wrong = await browser.visit(`/setup?token=${encodeURIComponent(token)}`);
    expect(wrong.status, token).toBe(403);
    expect((await browser.post('/setup', { ...ADMIN, token, name: 'Mine' })).status, token).toBe(403);
  }
  expect((await browser.post('/setup', ADMIN)).status).toBe(403);
  expect(await db.$count(members)).toBe(0);
});

test('with the token the forum gets its settings, its sections and an admin who is logged in', async ({
  forum,
  db,
}) => {
  const browser = await inProduction(forum);
  const page = await browser.visit(`/setup?token=${TOKEN}`);
  expect(page.status).toBe(200);
  expect(page.headers['cache-control']).toBe('no-store');
  expect(page.field('rules').value).toBe(DEFAULT_SETTINGS.rules);
  expect(page.field('sections').value.split('\n')).toHaveLength(7);
  const sections_ = 'Grids\n\n  Models & research \nRegions';
  const front = await page.press('Open the forum', {
    ...ADMIN,
    name: 'Gridwire',
    tagline: 'Power, and what it is for',
    accent: '#7a2048',
    sections: sections_,
    rules: 'Show the source.',
  });
  expect([front.status, front.url]).toEqual([200, '/']);
  expect(front.document.querySelector('.mast-name')?.textContent).toContain('olga_p');
  expect(front.document.querySelector('.wordmark')?.textContent).toBe('Gridwire');

  const [admin] = await db.select().from(members);
  expect(admin).toMatchObject({ name: 'olga_p', role: 'admin', email: 'olga@gridwire.example' });
  expect(admin?.confirmedAt).toEqual(forum.clock.now());
  expect(await forum.passwords.verify(ADMIN.password, admin?.passwordHash)).toBe(true);
  const rows = await db.select().from(sections).orderBy(asc(sections.position));
  expect(rows.map(({ slug, name }) => [slug, name])).toEqual([
    ['grids', 'Grids'],
    ['models-research', 'Models & research'],
    ['regions', 'Regions'],
  ]);
  expect(rows[1]?.description).toContain('Releases, papers');
  const about = await browser.visit('/about');
  expect(about.main).toContain('Gridwire is a place');
  expect(about.main).not.toContain('Tokenwire');
  expect((await browser.visit('/admin')).status).toBe(200);
});

test('once there is an admin nobody finds setup any more, token or not, in any process', async ({
  forum,
  make,
}) => {
  const [one, other] = [await inProduction(forum, 0), await inProduction(forum, 1)];
  await make.member({ role: 'admin' });
  for (const browser of [one, other]) {
    expect((await browser.get(`/setup?token=${TOKEN}`)).status).toBe(404);
    expect((await browser.post('/setup', { ...ADMIN, token: TOKEN })).status).toBe(404);
    expect((await browser.get('/rules')).status).toBe(200);
  }
});

test('in development nothing leads to setup, and it is there while there is no admin', async ({
  as,
  make,
}) => {
  const browser = as.visitor();
  expect((await browser.visit('/rules')).url).toBe('/rules');
  expect((await browser.visit(`/setup?token=${TOKEN}`)).main).toContain('The first admin');
  await make.member({ role: 'admin' });
  expect((await browser.get(`/setup?token=${TOKEN}`)).status).toBe(404);
});

test('what is wrong stands beside its field; all but the password comes back as typed', async ({
  forum,
  db,
}) => {
  const browser = await inProduction(forum);
  const page = await browser.visit(`/setup?token=${TOKEN}`);
  const typed = {
    name: 'x'.repeat(41),
    tagline: ' kept ',
    accent: 'petrol',
    sections: 'Grids\nGrids!',
    rules: ' ',
    memberName: 'admin',
    email: 'nobody',
  };
  const refused = await page.press('Open the forum', { ...typed, password: 'short' });
  expect(refused.status).toBe(422);
  for (const [name, value] of Object.entries(typed)) expect(refused.field(name).value, name).toBe(value);
  expect(refused.field('password').value).toBe('');
  expect(refused.field('token').value).toBe(TOKEN);
  expect(refused.error('name')).toContain('too long by 1');
  expect(refused.error('accent')).toContain('# and six hexadecimal digits');
  expect(refused.error('sections')).toBe('Grids and Grids! would have the same address.');
  expect(refused.error('rules')).toBe('Write what the page “Rules” says.');
  expect(refused.error('memberName')).toContain('reserved');
  expect(refused.error('email')).toContain('not an e-mail address');
  expect(refused.error('password')).toContain('at least');
  expect(refused.error('tagline')).toBe('');
  expect(await db.$count(members)).toBe(0);

  const mended = await refused.press('Open the forum', {
    ...ADMIN,
    name: 'Gridwire',
    accent: '#00666a',
    sections: 'Grids',
    rules: 'Be kind.',
  });
  expect(mended.url).toBe('/');
});

test.for([
  ['', 'A forum needs at least one section.'],
  [' \n\n', 'A forum needs at least one section.'],
  ['!?', '!?: A name needs letters or digits.'],
  ['x'.repeat(61), 'too long by 1'],
  [Array.from({ length: 51 }, (_, n) => `Section ${n}`).join('\n'), 'at most 50 sections'],
] as const)('sections that are none: %j', async ([typed, error], { forum }) => {
  const browser = await inProduction(forum);
  const page = await browser.visit(`/setup?token=${TOKEN}`);
  const refused = await page.press('Open the forum', { ...ADMIN, sections: typed });
  expect(refused.status).toBe(422);
  expect(refused.error('sections')).toContain(error);
  expect(refused.field('sections').value).toBe(typed);
});

test('rules that cannot be rendered are refused', async ({ forum }) => {
  const page = await (await inProduction(forum)).visit(`/setup?token=${TOKEN}`);
  const refused = await page.press('Open the forum', { ...ADMIN, rules: `${'> '.repeat(40)}deep` });
  expect(refused.status).toBe(422);
  expect(refused.error('rules')).toContain('levels deep');
});

test('a name that a member has already is refused, and nothing was changed', async ({ forum, make, db }) => {
  await make.member({ name: 'Olga-P', email: 'other@example.org' });
  const page = await (await inProduction(forum)).visit(`/setup?token=${TOKEN}`);
  const refused = await page.press('Open the forum', { ...ADMIN, name: 'Gridwire' });
  expect(refused.status).toBe(422);
  expect(refused.error('memberName')).toContain('taken');
  const [row] = await db.select().from(settings);
  expect(row?.values.name).toBe('Tokenwire');
  const again = await refused.press('Open the forum', {
    ...ADMIN,
    memberName: 'olga',
    email: 'OTHER@example.org',
  });
  expect(again.error('email')).toContain('already');
});

test('of two setups at the same instant one wins, and the other is told', async ({ db, clock }) => {
  const setup = (name: string) => ({
    settings: { ...DEFAULT_SETTINGS, name },
    sections: DEFAULT_SECTIONS,
    admin: { name, email: `${name}@gridwire.example`, passwordHash: 'none' },
    now: clock.now(),
  });
  const second = await db.transaction(async (tx) => {
    await setUpForum(tx, setup('olga'));
    const other = db
      .transaction((otherTx) => setUpForum(otherTx, setup('pavel')))
      .catch((error: unknown) => error);
    await expect.poll(async () => (await tx.execute(WAITING)).rowCount).toBe(1);
    return { other };
  });
  expect(await second.other).toMatchObject({ kind: 'conflict', status: 409 });
  expect(await db.$count(members)).toBe(1);
  const [row] = await db.select().from(settings);
  expect(row?.values.name).toBe('olga');
});

test('sections that hold topics stay where they are left out', async ({ forum, make, db }) => {
  await make.topic({ section: 'funding' });
  const page = await (await inProduction(forum)).visit(`/setup?token=${TOKEN}`);
  await page.press('Open the forum', { ...ADMIN, sections: 'Work & skills\nGrids' });
  const rows = await db
    .select({ slug: sections.slug })
    .from(sections)
    .orderBy(asc(sections.position), asc(sections.id));
  expect(rows.map(({ slug }) => slug)).toEqual(['work-skills', 'grids', 'funding']);
});

test('the form carries the token in its body: no later address holds it', async ({ forum, db }) => {
  const browser = await inProduction(forum);
  const page = await browser.visit(`/setup?token=${TOKEN}`);
  expect(page.document.querySelector('main form')?.getAttribute('action')).toBe('/setup');
  expect(page.headers['referrer-policy']).toBe('strict-origin-when-cross-origin');
  const refused = await page.press('Open the forum', { ...ADMIN, name: '' });
  expect(refused.url).toBe('/setup');
  expect(await db.$count(members)).toBe(0);
});
