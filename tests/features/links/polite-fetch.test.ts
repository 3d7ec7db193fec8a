// The forum as a guest: robots.txt, pauses, one process among many.
import { eq } from 'drizzle-orm';
import { fetchedHosts } from '../../../src/db/schema/index.ts';
import { politeFetch, userAgentOf } from '../../../src/features/links/index.ts';
import { expect, test } from '../../support/forum.ts';
import { article, post, sourcesOf } from './reading.ts';

const HTML = { accept: 'text/html' };
const robots = (body: string) => ({ type: 'text/plain', body });

test('the forum names itself and where it is found', () => {
  expect(userAgentOf('1.22.3', 'https://forum.example')).toBe(
    'Tokenwire/1.22 (+https://forum.example/about)',
  );
});

test.for([
  ['nothing', '', true],
  ['everybody out', 'User-agent: *\nDisallow: /', false],
  ['everybody out but this page', 'User-agent: *\nDisallow: /\nAllow: /a', true],
  ['everybody out of a folder', 'User-agent: *\nDisallow: /private/', true],
  ['this forum out', 'User-agent: tokenwire\nDisallow: /a\n\nUser-agent: *\nAllow: /', false],
  ['this forum in, others out', 'User-agent: Tokenwire\nDisallow:\n\nUser-agent: *\nDisallow: /', true],
  ['another out', 'User-agent: GPTBot\nDisallow: /', true],
  ['this forum and another out', 'User-agent: Tokenwire/2.0\nUser-agent: GPTBot\nDisallow: /a', false],
  ['this forum in two places', 'User-agent: tokenwire\nDisallow: /b\nUser-agent: x\nDisallow: /a', true],
  ['patterns', 'User-agent: *\nDisallow: /*?page=\nDisallow: /a$', false],
  ['no text', '\u0000\u0001\u0000', true],
  ['a page that says that there is none', '<!doctype html><p>Not found: /</p>', true],
] as const)('robots.txt that says: %s', async ([, rules, allowed], { db, sites, clock }) => {
  const site = await sites.serve('news.example', { '/robots.txt': robots(rules), '/a': 'the page' });
  const answer = await politeFetch({ db, safeFetch: sites.safeFetch }, `${site.origin}/a`, HTML, clock.now());
  expect(answer).toMatchObject(allowed ? { ok: true, status: 200 } : { ok: false, fault: 'robots' });
  expect(site.asked).toEqual(allowed ? ['/robots.txt', '/a'] : ['/robots.txt']);
});

test.for([
  [401, true],
  [403, true],
  [404, true],
  [429, true],
  [500, false],
  [503, false],
  [304, false],
] as const)('robots.txt that answers %i', async ([status, allowed], { db, sites, clock }) => {
  const site = await sites.serve('news.example', { '/robots.txt': { status }, '/a': 'the page' });
  const answer = await politeFetch({ db, safeFetch: sites.safeFetch }, `${site.origin}/a`, HTML, clock.now());
  expect(answer).toMatchObject(allowed ? { ok: true } : { ok: false, fault: 'robots' });
});

test('robots.txt is read once a day, and asked for again at once while it cannot be had', async ({
  db,
  sites,
  clock,
}) => {
  const site = await sites.serve('news.example', { '/robots.txt': { status: 503 }, '/a': 'the page' });
  const services = { db, safeFetch: sites.safeFetch };
  const steps = [{}, { seconds: 3 }, { hours: 1 }, { hours: 22 }, { hours: 1, seconds: 1 }];
  for (const [n, step] of steps.entries()) {
    clock.advance(step);
    if (n === 1) site.pages.set('/robots.txt', robots('User-agent: *\nDisallow: /b'));
    await politeFetch(services, `${site.origin}/a`, HTML, clock.now());
  }
  expect(site.asked.join(' ')).toBe('/robots.txt /robots.txt /a /a /a /robots.txt /a');
  expect(await politeFetch(services, `${site.origin}/b`, HTML, clock.now())).toMatchObject({
    fault: 'later',
  });
});

test('rules that are made to be slow are not kept, nor what is no rule', async ({ db, sites, clock }) => {
  const slow = `Disallow: /${'*a'.repeat(10_000)}b`;
  const site = await sites.serve('news.example', {
    '/robots.txt': robots(`User-agent: *\nDisallow: /*.pdf$\n${slow}\nDisallow: /b # why\nSitemap: /map`),
    '/a': 'the page',
  });
  await politeFetch({ db, safeFetch: sites.safeFetch }, `${site.origin}/a`, HTML, clock.now());
  expect(await db.select({ robots: fetchedHosts.robots }).from(fetchedHosts)).toEqual([
    { robots: 'User-agent: *\nDisallow: /*.pdf$\nDisallow: /b' },
  ]);
});

test('rules that name one program many times are kept once, and those for others not at all', async ({
  db,
  sites,
  clock,
}) => {
  const names = 'User-agent: *\nUser-agent: GPTBot\n'.repeat(10_000);
  const site = await sites.serve('news.example', {
    '/robots.txt': robots(`${names}${'Disallow: /b\n'.repeat(10_000)}User-agent: x\nDisallow: /a`),
    '/a': 'the page',
  });
  const answer = await politeFetch({ db, safeFetch: sites.safeFetch }, `${site.origin}/a`, HTML, clock.now());
  expect(answer.ok).toBe(true);
  const [host] = await db.select({ robots: fetchedHosts.robots }).from(fetchedHosts);
  expect(host?.robots).toBe(`User-agent: *${'\nDisallow: /b'.repeat(10_000)}`);
});

test('a host is visited once in three seconds, whichever of its pages is wanted', async ({
  db,
  sites,
  clock,
}) => {
  const site = await sites.serve('news.example', { '/a': 'a', '/b': 'b' });
  const other = await sites.serve('other.example', { '/a': 'a' });
  const services = { db, safeFetch: sites.safeFetch };
  await politeFetch(services, `${site.origin}/a`, HTML, clock.now());
  const at = new Date(clock.now().getTime() + 3_000);
  clock.advance({ seconds: 2 });
  expect(await politeFetch(services, `${site.origin}/b`, HTML, clock.now())).toEqual({
    ok: false,
    fault: 'later',
    at,
    reason: 'The site was asked a moment ago.',
  });
  expect(await politeFetch(services, `${other.origin}/a`, HTML, clock.now())).toMatchObject({ ok: true });
  clock.advance({ seconds: 1 });
  expect(await politeFetch(services, `${site.origin}/b`, HTML, clock.now())).toMatchObject({ ok: true });
  expect(site.asked).toEqual(['/robots.txt', '/a', '/b']);
});

test('of twenty that want to visit at once, one does', async ({ db, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': 'a' });
  const services = { db, safeFetch: sites.safeFetch };
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => politeFetch(services, `${site.origin}/a`, HTML, clock.now())),
  );
  expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  expect(answers.filter((answer) => !answer.ok && answer.fault === 'later')).toHaveLength(19);
  expect(site.asked).toEqual(['/robots.txt', '/a']);
});

test.for([
  ['10', 10],
  ['0.5', 3],
  ['3600', 30],
  ['soon', 3],
] as const)('a crawl-delay of %s means %i seconds', async ([delay, seconds], { db, sites, clock }) => {
  const site = await sites.serve('news.example', {
    '/robots.txt': robots(`User-agent: *\nCrawl-delay: ${delay}`),
    '/a': 'a',
  });
  await politeFetch({ db, safeFetch: sites.safeFetch }, `${site.origin}/a`, HTML, clock.now());
  const [host] = await db.select().from(fetchedHosts);
  expect(host?.nextFetchAt).toEqual(new Date(clock.now().getTime() + seconds * 1_000));
});

test('a site that is redirected to is asked for its leave, and has its pause', async ({
  db,
  sites,
  clock,
}) => {
  const target = await sites.serve('target.example', {
    '/robots.txt': robots('User-agent: *\nDisallow: /closed'),
    '/open': 'open',
    '/closed': 'closed',
  });
  const site = await sites.serve('news.example', {
    '/open': { status: 302, headers: { location: `${target.origin}/open` } },
    '/closed': { status: 302, headers: { location: `${target.origin}/closed` } },
  });
  const services = { db, safeFetch: sites.safeFetch };
  expect(await politeFetch(services, `${site.origin}/closed`, HTML, clock.now())).toMatchObject({
    fault: 'robots',
  });
  clock.advance({ seconds: 3 });
  expect(await politeFetch(services, `${site.origin}/open`, HTML, clock.now())).toMatchObject({ ok: true });
  await db
    .update(fetchedHosts)
    .set({ nextFetchAt: clock.now() })
    .where(eq(fetchedHosts.host, new URL(site.origin).host));
  expect(await politeFetch(services, `${site.origin}/open`, HTML, clock.now())).toMatchObject({
    fault: 'later',
  });
  expect(target.asked).toEqual(['/robots.txt', '/open']);
});

test.for([
  ['no address', 'nonsense', 'address'],
  ['a private one', 'http://10.0.0.1/a', 'private'],
  ['a name that nobody has', 'http://nowhere.example/a', 'name'],
  ['another scheme', 'ftp://news.example/a', 'address'],
] as const)('%s is a fault like any other', async ([, url, fault], { db, sites, clock }) => {
  const answer = await politeFetch({ db, safeFetch: sites.safeFetch }, url, HTML, clock.now());
  expect(answer).toMatchObject({ ok: false, fault });
});

test('two topics on one host are read one after the other', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', {
    '/a': article({ title: 'The first of two articles' }),
    '/b': article({ title: 'The second of two articles' }),
  });
  await post(await as.member(), `${site.origin}/a`);
  await post(await as.member(), `${site.origin}/b`, 'Something wholly different');
  await drain();
  expect((await sourcesOf(db)).filter(({ title }) => title !== null)).toHaveLength(1);
  clock.advance({ seconds: 3 });
  await drain();
  expect((await sourcesOf(db)).map(({ title }) => title)).toEqual([
    'The first of two articles',
    'The second of two articles',
  ]);
});

test('a page that robots.txt closes is not read, and not dead', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', {
    '/robots.txt': robots('User-agent: *\nDisallow: /'),
    '/a': article({}),
  });
  await post(await as.member(), `${site.origin}/a`);
  for (const step of [{}, { hours: 1 }, { hours: 23 }]) {
    clock.advance(step);
    await drain();
  }
  expect((await sourcesOf(db))[0]).toMatchObject({ state: 'live', title: null });
  expect(site.asked.filter((path) => path !== '/robots.txt')).toEqual([]);
});
