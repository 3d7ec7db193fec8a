// What members change about themselves: their page, their password, the theme.
import { eq } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { members, sessions } from '../../../src/db/schema/index.ts';
import type { MemberId } from '../../../src/domain/ids.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { sanction } from './sanctions.ts';

const OLD = 'the old sentence';
const NEW = 'another sentence';

async function stored(db: Database, id: MemberId) {
  const { about, affiliation, theme } = members;
  const [row] = await db.select({ about, affiliation, theme }).from(members).where(eq(members.id, id));
  return row;
}

test('a member says who they are, and others read it', async ({ as, make, db }) => {
  const member = await make.member({ name: 'diana_f' });
  const page = await (await as.member(member)).visit('/settings');
  const saved = await page.press('Save', {
    about: '  Chips & power.\n\nWrites <b>slowly</b>. ',
    affiliation: ' Works  at a grid operator ',
  });
  expect(saved.main).toContain('Your page has been changed.');
  expect(saved.html).toContain('>\nChips &amp; power.\nWrites &lt;b&gt;slowly&lt;/b&gt;.</textarea>');
  expect(await stored(db, member.id)).toMatchObject({ affiliation: 'Works at a grid operator' });
  const shown = await as.visitor().visit('/u/diana_f');
  expect(shown.main).toContain('Chips & power.\nWrites <b>slowly</b>.');
  expect(shown.main).toContain('Works at a grid operator');
});

test('a member gives a link and pronouns, and the link vouches for nothing', async ({ as, make }) => {
  const member = await make.member({ name: 'diana_f' });
  const page = await (await as.member(member)).visit('/settings');
  await page.press('Save', { link: ' https://Müller.example/blog?a=1&b="x" ', pronouns: ' she /  her ' });
  const shown = await as.visitor().visit('/u/diana_f');
  expect(shown.main).toContain('she / her');
  const link = [...shown.document.querySelectorAll('main a')].find(({ textContent }) =>
    textContent?.startsWith('xn--'),
  );
  expect(link?.textContent).toBe('xn--mller-kva.example/blog?a=1&b=%22x%22');
  expect(link?.getAttribute('href')).toBe('https://xn--mller-kva.example/blog?a=1&b=%22x%22');
  expect(link?.getAttribute('rel')).toBe('ugc nofollow noopener me');
  const again = await (await as.member(member)).visit('/settings');
  await again.press('Save', { link: '', pronouns: '' });
  expect((await as.visitor().visit('/u/diana_f')).html).not.toContain('noopener me');
});

test.for([
  ['javascript:alert(1)', 'begin with https'],
  ['JaVaScRiPt://example.org/%0aalert(1)', 'begin with https'],
  ['data:text/html,<script>alert(1)</script>', 'begin with https'],
  ['ftp://example.org/', 'begin with https'],
  ['//example.org', 'begin with https'],
  ['example.org', 'begin with https'],
  ['https://', 'begin with https'],
  ['https://known.example@evil.example/', 'name or password'],
  ['https://example.org/\r\nSet-Cookie: a=b', ''],
  [`https://example.org/${'x'.repeat(2_048)}`, 'too long'],
  [`https://example.org/${'ü'.repeat(1_000)}`, 'too long'],
] as const)('a link %j', async ([link, reason], { as, make, db }) => {
  const member = await make.member({ name: 'diana_f' });
  const answer = await (await as.member(member)).post('/settings', { about: '', affiliation: '', link });
  const [row] = await db.select({ link: members.link }).from(members).where(eq(members.id, member.id));
  if (reason === '') {
    expect(answer.status).toBe(303);
    expect(row?.link).toBe('https://example.org/%20Set-Cookie:%20a=b');
    return;
  }
  expect(answer.status).toBe(422);
  expect(answer.text).toContain(reason);
  expect(row?.link).toBe('');
});

test('what is too long comes back with the fault beside it', async ({ as, make, db }) => {
  const member = await make.member();
  const page = await (await as.member(member)).visit('/settings');
  const answer = await page.press('Save', {
    about: 'x'.repeat(501),
    affiliation: 'y'.repeat(81),
    pronouns: 'z'.repeat(31),
  });
  expect(answer.error('pronouns')).toContain('too long by 1: it may have 30');
  expect(answer.status).toBe(422);
  expect(answer.error('about')).toContain('too long by 1: it may have 500');
  expect(answer.error('affiliation')).toContain('too long by 1: it may have 80');
  expect(answer.field('about').value).toBe('x'.repeat(501));
  expect(await stored(db, member.id)).toMatchObject({ about: '', affiliation: '' });
});

test.for(['silence', 'suspension'] as const)(
  'under a %s nothing is said in public, here neither',
  async (kind, { as, make, db, clock }) => {
    const member = await make.member();
    await sanction(db, member, kind, { startsAt: clock.ago({ hours: 1 }), endsAt: null });
    const answer = await (await as.member(member)).post('/settings', { about: 'Buy!', affiliation: '' });
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('Buy!');
    expect(answer.text).toContain(
      kind === 'silence' ? 'You can read but not write' : 'Your account is suspended',
    );
    expect(await stored(db, member.id)).toMatchObject({ about: '' });
  },
);

test('a new password signs all other devices out and gives this one a new session', async ({
  app,
  as,
  make,
  db,
}) => {
  const member = await make.member({ name: 'diana_f', password: OLD });
  const elsewhere = await as.member(member);
  const somebodyElse = await as.member();
  const here = as.visitor();
  const signedIn = await here.post('/sign-in', { name: 'diana_f', password: OLD });
  const before = String([signedIn.headers['set-cookie']].flat()[0]).split(';')[0] ?? '';

  const saved = await (
    await here.visit('/settings/account')
  ).press('Change password', { current: OLD, password: NEW });
  expect(saved.url).toBe('/settings/account?saved=password');
  expect(saved.main).toContain('Your password has been changed.');
  expect((await elsewhere.get('/settings')).status).toBe(303);
  expect((await new Browser(app, before).get('/settings')).status).toBe(303);
  expect((await somebodyElse.get('/settings')).status).toBe(200);
  expect(await db.select().from(sessions).where(eq(sessions.memberId, member.id))).toHaveLength(1);

  expect((await as.visitor().post('/sign-in', { name: 'diana_f', password: OLD })).status).toBe(422);
  expect((await as.visitor().post('/sign-in', { name: 'diana_f', password: NEW })).status).toBe(303);
});

test.for([
  ['current', { current: 'wrong', password: NEW }, 'not your current password'],
  ['current', { current: '', password: NEW }, 'Give your current password'],
  ['password', { current: OLD, password: 'short' }, 'at least 10 characters'],
  ['password', { current: OLD, password: 'diana_f_of_old' }, 'must not be your name'],
] as const)(
  'a password change is refused for its field %s: %j',
  async ([field, typed, reason], { as, make, db }) => {
    const member = await make.member({ name: 'diana_f_of_old', password: OLD });
    const elsewhere = await as.member(member);
    const answer = await (
      await (await as.member(member)).visit('/settings/account')
    ).press('Change password', typed);
    expect(answer.status).toBe(422);
    expect(answer.error(field)).toContain(reason);
    expect(answer.field('current').value).toBe('');
    expect(answer.html).not.toContain(OLD);
    expect((await elsewhere.get('/settings')).status).toBe(200);
    expect(await db.select().from(sessions)).toHaveLength(2);
  },
);

test('of two password changes at the same instant one is told that it came too late', async ({
  as,
  make,
}) => {
  const member = await make.member({ name: 'diana_f', password: OLD });
  const browsers = [await as.member(member), await as.member(member)];
  const answers = await Promise.all(
    browsers.map((browser, n) =>
      browser.post('/settings/password', { current: OLD, password: `${NEW} ${n}` }),
    ),
  );
  // The later one finds another password, or no session any more.
  const won = answers.filter((answer) => answer.headers.location === '/settings/account?saved=password');
  expect(won).toHaveLength(1);
  const works = await Promise.all(
    [0, 1].map(
      async (n) => (await as.visitor().post('/sign-in', { name: 'diana_f', password: `${NEW} ${n}` })).status,
    ),
  );
  expect(works.sort()).toEqual([303, 422]);
});

test('settings are kept nowhere and are for members', async ({ as }) => {
  expect((await (await as.member()).get('/settings')).headers['cache-control']).toBe('no-store');
  const visitor = as.visitor();
  expect((await visitor.post('/settings', { about: 'x' })).headers.location).toContain('/sign-in');
  expect((await visitor.post('/settings/password', { current: 'x' })).headers.location).toContain('/sign-in');
});

test('a visitor chooses a theme: a cookie for a year, nothing else, and auto takes it back', async ({
  as,
  db,
}) => {
  const browser = as.visitor();
  const answer = await browser.post('/settings/theme', { theme: 'dark', next: '/rules' });
  expect([answer.status, answer.headers.location]).toEqual([303, '/rules']);
  expect(answer.headers['set-cookie']).toEqual(['theme=dark; Max-Age=31536000; Path=/; SameSite=Lax']);
  const page = await browser.visit('/rules');
  expect(page.document.documentElement.getAttribute('data-theme')).toBe('dark');
  const back = await page.press('Auto');
  expect(back.url).toBe('/rules');
  expect(back.document.documentElement.getAttribute('data-theme')).toBeNull();
  expect(await db.select().from(sessions)).toEqual([]);
});

test("a member's theme goes with the member, not with the browser", async ({ as, make, db }) => {
  const member = await make.member();
  const browser = await as.member(member);
  const page = await (await browser.visit('/settings/appearance')).press('Save', { theme: 'light' });
  expect(page.url).toBe('/settings/appearance?saved=appearance');
  expect(page.document.documentElement.getAttribute('data-theme')).toBe('light');
  expect(await stored(db, member.id)).toMatchObject({ theme: 'light' });
  const elsewhere = await (await as.member(member)).visit('/rules');
  expect(elsewhere.document.documentElement.getAttribute('data-theme')).toBe('light');
});

test.for(['', 'pink', 'dark; Path=/', '__proto__'])('a theme %j is refused', async (theme, { as }) => {
  const answer = await as.visitor().post('/settings/theme', { theme });
  expect(answer.status).toBe(422);
  expect(answer.headers['set-cookie']).toBeUndefined();
});

test('choosing a theme leads nowhere else', async ({ as }) => {
  const answer = await as.visitor().post('/settings/theme', { theme: 'dark', next: '//evil.example' });
  expect(answer.headers.location).toBe('/');
});
