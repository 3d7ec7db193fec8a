// What every response carries, and what no request from elsewhere can do.
import { sql } from 'drizzle-orm';
import { sessions } from '../../src/db/schema/index.ts';
import { expect, test } from '../support/forum.ts';
import { paths } from '../../src/web/paths.ts';

test('every kind of answer has the security headers', async ({ as, app }) => {
  const browser = as.visitor();
  const style =
    (await browser.visit('/')).document.querySelector('link[rel=stylesheet]')?.getAttribute('href') ?? '';
  for (const path of ['/', '/nothing', '/healthz', style, app.site.current().theme.href, '/inbox']) {
    const { headers } = await browser.get(path);
    expect(headers['content-security-policy'], path).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers, path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin',
    });
  }
});

test('HSTS and the __Host- cookie follow the scheme of the site', async ({ forum, make }) => {
  const app = await forum.build({ config: { siteUrl: 'https://forum.example', trustProxy: ['127.0.0.1'] } });
  await make.member({ name: 'anna', password: 'a long password' });
  const response = await app.inject({
    method: 'POST',
    url: '/sign-in',
    payload: 'name=anna&password=a+long+password',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'sec-fetch-site': 'same-origin',
      'x-forwarded-proto': 'https',
    },
  });
  await app.close();
  expect(response.headers['strict-transport-security']).toContain('max-age=');
  expect(String(response.headers['set-cookie'])).toMatch(
    /^__Host-session=[^;]+;.*Path=\/;.*HttpOnly;.*Secure;.*SameSite=Lax/i,
  );
});

test('a visitor who reads gets no cookie and no row, and costs no session query', async ({
  as,
  make,
  db,
}) => {
  const topic = await make.topic();
  for (const path of ['/', '/new', '/rules', '/sign-in', paths.topic(topic), '/search?q=topic']) {
    const { headers } = await as.visitor().get(path);
    expect(headers['set-cookie'], path).toBeUndefined();
  }
  expect(await db.select().from(sessions)).toEqual([]);
});

test('every form sent from another site is refused, whoever is logged in', async ({ as, app, make, db }) => {
  const topic = await make.topic();
  const browser = await as.admin();
  const addresses = app.routes
    .filter(({ method }) => method === 'POST')
    .map(({ url }) => url.replace(/:id|:postId/g, String(topic.openingPostId)).replace(/:\w+/g, 'x'));
  expect(addresses.length).toBeGreaterThan(40);
  const foreign: readonly Record<string, string>[] = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'http://127.0.0.1' },
  ];
  // Browsers that send no Sec-Fetch-Site, and what is no browser.
  const bare: readonly Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://127.0.0.1.evil.example' },
  ];
  const form = { vote: 'up', body: 'x', theme: 'dark', role: 'admin' };
  for (const url of addresses) {
    for (const headers of foreign) expect((await browser.post(url, form, headers)).status, url).toBe(403);
    for (const headers of bare) {
      const type = { 'content-type': 'application/x-www-form-urlencoded' };
      const answer = await app.inject({
        method: 'POST',
        url,
        headers: { ...type, ...headers },
        payload: 'vote=up',
      });
      expect(answer.statusCode, url).toBe(403);
    }
  }
  const { rows } = await db.execute<{ n: string }>(sql`select count(*) as n from votes`);
  expect(rows[0]?.n).toBe('0');
});

test('members’ pages are private, visitors’ public, and both are checked before they are shown again', async ({
  as,
}) => {
  expect((await as.visitor().visit('/')).headers['cache-control']).toBe('public, no-cache');
  const member = await as.member();
  expect((await member.visit('/')).headers['cache-control']).toBe('private, no-cache');
  for (const path of ['/settings', '/inbox'])
    expect((await member.visit(path)).headers['cache-control'], path).toBe('no-store');
  const { headers } = await as.visitor().get('/');
  expect((await as.visitor().get('/', { 'if-none-match': headers.etag ?? '' })).status).toBe(304);
});
