// Open sessions have the rights that their member has now, and lose them at the very next request.
import { eq } from 'drizzle-orm';
import { members, posts } from '../../../src/db/schema/index.ts';
import { Browser } from '../../support/browser.ts';
import { expect, test } from '../../support/forum.ts';
import { cookieOf, logIn, PASSWORD } from './logging-in.ts';
import { sanction } from './sanctions.ts';

test('a suspended moderator is out of the queue, and writes nothing more', async ({
  as,
  clock,
  db,
  make,
}) => {
  const member = await make.member({ role: 'moderator' });
  const topic = await make.topic();
  const browser = await as.member(member);
  expect((await browser.get('/moderation')).status).toBe(200);
  expect((await browser.post(`/t/${topic.id}/reply`, { body: 'Still here.' })).status).toBe(303);
  await sanction(db, member, 'suspension', { startsAt: clock.now(), endsAt: null });
  expect((await browser.get('/moderation')).status).toBe(403);
  const before = await db.$count(posts);
  for (const path of [`/t/${topic.id}/reply`, '/settings', `/p/${topic.openingPostId}/hide`]) {
    const answer = await browser.post(path, { body: 'Hello', about: 'Hello', reason: 'x' });
    expect(answer.status, path).toBe(403);
  }
  expect(await db.$count(posts)).toBe(before);
});

test.for([
  ['admin', 'moderator', '/admin'],
  ['moderator', 'member', '/moderation'],
] as const)(
  'whose role is changed from %s to %s is logged out, and back in without %s',
  async ([from, to, door], { as, app, make }) => {
    const member = await make.member({ name: 'diana_f', role: from, password: PASSWORD });
    const browser = as.visitor();
    const stolen = cookieOf(await logIn(browser));
    expect((await browser.get(door)).status).toBe(200);
    const admin = await as.admin();
    const change = { role: to, reason: 'Asked for it.' };
    expect((await admin.post(`/admin/members/${member.id}/role`, change)).status).toBe(303);
    expect((await browser.get(door)).headers.location).toContain('/sign-in');
    expect((await new Browser(app, stolen).get('/settings')).headers.location).toContain('/sign-in');
    await logIn(browser);
    expect((await browser.get(door)).status).toBe(403);
  },
);

test('whoever gets a role gets it with a new session, not with an old cookie', async ({ as, app, make }) => {
  const member = await make.member({ name: 'diana_f', password: PASSWORD });
  const stolen = cookieOf(await logIn(as.visitor()));
  const change = { role: 'moderator', reason: 'Asked for it.' };
  await (await as.admin()).post(`/admin/members/${member.id}/role`, change);
  expect((await new Browser(app, stolen).get('/moderation')).status).toBe(303);
});

test('a session whose member is gone is a visitor', async ({ as, db, make }) => {
  const member = await make.member();
  const browser = await as.member(member);
  expect((await browser.get('/settings')).status).toBe(200);
  await db.delete(members).where(eq(members.id, member.id));
  expect((await browser.get('/settings')).headers.location).toContain('/sign-in');
  expect((await browser.post('/settings', { about: 'Me' })).headers.location).toContain('/sign-in');
});

test.for([
  ['logged out', (browser: Browser) => browser.post('/sign-out')],
  [
    'ended from another device',
    (_: Browser, other: Browser) => other.post('/settings/sessions', { session: 'others' }),
  ],
  [
    'ended by a new password',
    (_: Browser, other: Browser) =>
      other.post('/settings/password', { current: PASSWORD, password: 'another sentence' }),
  ],
] as const)(
  'a session that was %s reads and writes nothing of its member',
  async ([, end], { app, as, db, make }) => {
    const member = await make.member({ name: 'diana_f', password: PASSWORD });
    const topic = await make.topic();
    const browser = as.visitor();
    const stolen = new Browser(app, cookieOf(await logIn(browser)));
    const other = as.visitor();
    await logIn(other);
    expect((await stolen.get('/settings/account')).text).toContain(member.email);
    expect((await end(browser, other)).status).toBe(303);
    const before = await db.$count(posts);
    for (const each of [browser, stolen]) {
      expect((await each.get('/settings/account')).headers.location).toContain('/sign-in');
      expect((await each.post('/settings', { about: 'Mine' })).headers.location).toContain('/sign-in');
      await each.post(`/t/${topic.id}/reply`, { body: 'Hello' });
      expect((await each.get('/')).text).not.toContain('diana_f');
    }
    expect(await db.$count(posts)).toBe(before);
  },
);

test.for([
  ['suspension', 'Your account is suspended'],
  ['silence', 'You can read but not write'],
] as const)(
  'a %s stands on every page of the member until its end',
  async ([kind, text], { as, make, db, clock }) => {
    const member = await make.member();
    const endsAt = new Date(clock.now().getTime() + 24 * 3_600_000);
    await sanction(db, member, kind, { startsAt: clock.now(), endsAt });
    const browser = await as.member(member);
    for (const path of ['/', '/settings']) expect((await browser.visit(path)).text).toContain(text);
    expect((await as.visitor().visit('/')).text).not.toContain(text);
    clock.set(endsAt.toISOString());
    expect((await browser.visit('/')).text).not.toContain(text);
  },
);
