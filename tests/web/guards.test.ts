// Every address under /moderation and /admin is guarded: found by walking the routes, not by a list that somebody forgets.
import { expect, test } from '../support/forum.ts';

const PUBLIC = new Set(['/moderation/log']);

/** "/moderation/items/:id/claim" → an address of that form. */
const addressOf = (url: string): string => url.replaceAll(/:\w+\??/g, '1');

function guarded(
  routes: readonly { method: string; url: string }[],
  prefix: string,
): { method: string; url: string }[] {
  return routes.filter(({ url }) => (url === prefix || url.startsWith(`${prefix}/`)) && !PUBLIC.has(url));
}

test('visitors are sent to log in, members refused', async ({ app, as }) => {
  const routes = app.routes.filter(({ method }) => method === 'GET' || method === 'POST');
  const staff = [...guarded(routes, '/moderation'), ...guarded(routes, '/admin')];
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

test('own pages lead visitors to log in and back', async ({ as, make }) => {
  await make.member({ name: 'anna', password: 'a long password' });
  for (const path of ['/inbox', '/settings', '/submit']) {
    const page = await as.visitor().visit(path);
    expect(page.url).toBe(`/sign-in?next=${encodeURIComponent(path)}`);
    const back = await page.press('Log in', { name: 'anna', password: 'a long password' }, 'main');
    expect(back.url).toBe(path);
  }
});
