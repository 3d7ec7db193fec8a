// Every address under /moderation and /admin is guarded: found by walking the routes, not by a list that somebody forgets.
import type { FastifyInstance } from 'fastify';
import { sanction } from '../features/members/sanctions.ts';
import { expect, test } from '../support/forum.ts';

const PUBLIC = /^\/moderation\/log(\/|$)/;

/** "/moderation/items/:id/claim" → an address of that form. */
const addressOf = (url: string): string => url.replaceAll(/:\w+\??/g, '1');

function guarded(
  routes: readonly { method: string; url: string }[],
  prefix: string,
): { method: string; url: string }[] {
  return routes.filter(({ url }) => (url === prefix || url.startsWith(`${prefix}/`)) && !PUBLIC.test(url));
}

function staffRoutes(app: FastifyInstance): { method: string; url: string }[] {
  const routes = app.routes.filter(({ method }) => method === 'GET' || method === 'POST');
  return [...guarded(routes, '/moderation'), ...guarded(routes, '/admin')];
}

test('visitors are sent to log in, members refused', async ({ app, as }) => {
  const staff = staffRoutes(app);
  expect(staff.length).toBeGreaterThan(6);
  const member = await as.member();
  const moderator = await as.moderator();
  for (const { method, url } of staff) {
    const address = addressOf(url);
    const ask = (browser: typeof member) =>
      method === 'GET' ? browser.get(address) : browser.post(address, {});
    const visitors = await ask(as.visitor());
    expect([visitors.status, visitors.headers.location], `${method} ${url} as visitor`).toEqual([
      303,
      expect.stringMatching(/^\/sign-in/) as string,
    ]);
    expect((await ask(member)).status, `${method} ${url} as member`).toBe(403);
    if (url.startsWith('/admin'))
      expect((await ask(moderator)).status, `${method} ${url} as moderator`).toBe(403);
    else expect((await ask(moderator)).status, `${method} ${url} as moderator`).not.toBe(403);
  }
});

test('a member who followed a moderator’s link is shown the way to what concerns them', async ({ as }) => {
  const refused = await (await as.member()).visit('/moderation/items/1');
  expect(refused.status).toBe(403);
  expect(refused.document.querySelector('main a[href="/inbox"]')?.textContent).toBe('Notifications');
});

test('under a suspension moderators and admins are refused as members are, until it ends', async ({
  app,
  as,
  make,
  db,
  clock,
}) => {
  const [moderator, admin] = [await make.member({ role: 'moderator' }), await make.member({ role: 'admin' })];
  const term = { startsAt: clock.ago({ hours: 1 }), endsAt: clock.ago({ hours: -1 }) };
  for (const member of [moderator, admin]) await sanction(db, member, 'suspension', term);
  const browsers = [await as.moderator(moderator), await as.admin(admin)];
  for (const { method, url } of staffRoutes(app)) {
    const address = addressOf(url);
    for (const browser of browsers) {
      const answer = method === 'GET' ? await browser.get(address) : await browser.post(address, {});
      expect(answer.status, `${method} ${url}`).toBe(403);
    }
  }
  expect((await browsers[0]?.get('/moderation'))?.text).toContain('Your account is suspended');
  clock.advance({ hours: 2 });
  expect((await browsers[0]?.get('/moderation'))?.status).toBe(200);
  expect((await browsers[1]?.get('/admin'))?.status).toBe(200);
});

test('own pages lead visitors to log in and back', async ({ as, make }) => {
  await make.member({ name: 'anna', password: 'a long password' });
  for (const path of ['/inbox', '/settings', '/submit']) {
    const page = await as.visitor().visit(path);
    expect(page.url).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    const back = await page.press('Log in', { name: 'anna', password: 'a long password' }, 'main');
    expect(back.url).toBe(path);
  }
});
