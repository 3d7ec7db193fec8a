// Pages after the day they were posted: headlines change, pages die and come back, under other addresses, too.
import { sources } from '../../../src/db/schema/index.ts';
import { urlKey } from '../../../src/domain/url-key.ts';
import { askToRead } from '../../../src/features/links/index.ts';
import { expect, test } from '../../support/forum.ts';
import { aliasesOf, article, headlinesOf, post, sourceEvents, sourcesOf } from './reading.ts';

test('a page is read again after an hour, a day and a week, and no more', async ({
  as,
  drain,
  sites,
  clock,
}) => {
  const site = await sites.serve('news.example', { '/a': article({}) });
  await post(await as.member(), `${site.origin}/a`);
  const readings: number[] = [];
  for (const step of [
    {},
    { minutes: 59 },
    { minutes: 1 },
    { hours: 22 },
    { hours: 1 },
    { days: 5 },
    { days: 1 },
    { days: 60 },
  ]) {
    clock.advance(step);
    await drain();
    readings.push(site.asked.filter((path) => path === '/a').length);
  }
  expect(readings).toEqual([1, 1, 2, 2, 3, 3, 4, 4]);
});

test('a headline that is another after a day is recorded once', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': article({ title: 'Bank to cut 4,000 jobs' }) });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  clock.advance({ hours: 1 });
  await drain();
  expect(await sourceEvents(db)).toEqual([]);
  site.pages.set('/a', article({ title: 'Bank to cut 400 jobs' }));
  clock.advance({ hours: 23 });
  await drain();
  clock.advance({ days: 6 });
  await drain();
  expect(await headlinesOf(db)).toEqual(['Bank to cut 4,000 jobs', 'Bank to cut 400 jobs']);
  expect(await sourceEvents(db)).toEqual([{ kind: 'headline-changed', actorId: null }]);
  expect((await sourcesOf(db))[0]).toMatchObject({ title: 'Bank to cut 4,000 jobs' });
});

test.for([
  ['not found', 404],
  ['gone', 410],
] as const)(
  'a page that is %s twice in a row is dead, and alive when it answers again',
  async ([, status], { as, db, drain, sites, clock }) => {
    const site = await sites.serve('news.example', { '/a': article({}) });
    await post(await as.member(), `${site.origin}/a`);
    await drain();
    site.pages.set('/a', { status });
    clock.advance({ hours: 1 });
    await drain();
    expect((await sourcesOf(db))[0]).toMatchObject({ state: 'live' });
    clock.advance({ hours: 23 });
    await drain();
    expect((await sourcesOf(db))[0]).toMatchObject({ state: 'dead', title: 'Lead times reach four years' });
    site.pages.set('/a', article({}));
    clock.advance({ days: 6 });
    await drain();
    expect((await sourcesOf(db))[0]).toMatchObject({ state: 'live' });
    expect((await sourceEvents(db)).map(({ kind }) => kind)).toEqual(['source-died', 'source-revived']);
  },
);

test('two failures within the half hour are one', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': { status: 404 } });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  const address = urlKey(`${site.origin}/a`);
  if (!address.ok) throw new Error(address.reason);
  clock.advance({ minutes: 11 });
  await db.transaction((tx) => askToRead(tx, address, clock.now()));
  await drain();
  expect(site.asked.filter((path) => path === '/a')).toHaveLength(2);
  expect((await sourcesOf(db))[0]).toMatchObject({ state: 'live' });
  clock.advance({ minutes: 49 });
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ state: 'dead' });
});

test('a site whose name is gone is dead', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': article({}) });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  site.vanish();
  // Robots.txt is kept for a day: with it and without it.
  for (const step of [{ hours: 1 }, { hours: 23 }]) {
    clock.advance(step);
    await drain();
  }
  expect((await sourcesOf(db))[0]).toMatchObject({ state: 'dead' });
});

test.for([
  ['errors', { status: 503 }],
  ['refusals', { status: 403 }],
  ['too many requests', { status: 429 }],
  ['redirects in a circle', { status: 302, headers: { location: '/a' } }],
] as const)('%s are no death, however often', async ([, page], { as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': article({}) });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  site.pages.set('/a', page);
  for (const step of [{ hours: 1 }, { hours: 23 }, { days: 6 }]) {
    clock.advance(step);
    await drain();
  }
  expect((await sourcesOf(db))[0]).toMatchObject({ state: 'live' });
  expect(await sourceEvents(db)).toEqual([]);
});

test('nor is a failure between two good days', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': { status: 404 } });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  site.pages.set('/a', article({}));
  clock.advance({ hours: 1 });
  await drain();
  site.pages.set('/a', { status: 404 });
  clock.advance({ hours: 23 });
  await drain();
  expect((await sourcesOf(db))[0]).toMatchObject({ state: 'live' });
});

test('pages of sources that were removed are left alone', async ({ as, db, drain, sites, clock }) => {
  const site = await sites.serve('news.example', { '/a': article({}) });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  await db.update(sources).set({ state: 'removed' });
  clock.advance({ days: 8 });
  await drain();
  expect(site.asked).toEqual(['/robots.txt', '/a']);
});

test('where a page redirects to is another address of the article', async ({ as, db, drain, sites }) => {
  const site = await sites.serve('news.example', {
    '/old': { status: 301, headers: { location: '/new-place' } },
    '/new-place': article({}),
  });
  await post(await as.member(), `${site.origin}/old`);
  await drain();
  const [source] = await sourcesOf(db);
  expect(source).toMatchObject({ url: `${site.origin}/old`, publisher: 'Grid Ledger' });
  expect(await aliasesOf(db)).toMatchObject([{ kind: 'redirect', url: `${site.origin}/new-place` }]);
});

test.for([
  '/',
  '/en/',
  '/login?next=/a',
  '/account/sign-in',
  '/consent',
  '/cookie-consent/',
  '/404',
  '/404.html',
])('but not where all of them redirect to: %s', async (location, { as, db, drain, sites }) => {
  const site = await sites.serve('news.example', {
    '/a': { status: 302, headers: { location } },
    [location]: article({}),
  });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  expect(await aliasesOf(db)).toEqual([]);
});

test('an article to which another page led for an hour can be posted', async ({
  as,
  db,
  drain,
  sites,
  clock,
}) => {
  const paper = await sites.serve('paper.example', { '/story': article({}) });
  const location = `${paper.origin}/story`;
  const other = await sites.serve('other.example', { '/x': { status: 302, headers: { location } } });
  await post(await as.member(), `${other.origin}/x`);
  await drain();
  expect(await aliasesOf(db)).toMatchObject([{ kind: 'redirect', url: location }]);
  other.pages.set('/x', article({ title: 'Something else' }));
  clock.advance({ hours: 1 });
  await drain();
  expect(await aliasesOf(db)).toEqual([]);
  await post(await as.member(), location, 'An honest headline for the article');
  expect((await sourcesOf(db)).map(({ url }) => url)).toEqual([`${other.origin}/x`, location]);
});

test('what a page calls its own address is believed once that answers', async ({
  as,
  db,
  drain,
  sites,
  clock,
}) => {
  const site = await sites.serve('news.example', {});
  site.pages.set('/a', article({ canonical: `${site.origin}/its-own` }));
  site.pages.set('/its-own', article({}));
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  expect([await aliasesOf(db), site.asked]).toEqual([[], ['/robots.txt', '/a']]);
  // The host has its pause first.
  clock.advance({ seconds: 3 });
  await drain();
  expect(await aliasesOf(db)).toMatchObject([{ kind: 'canonical', url: `${site.origin}/its-own` }]);
  expect(site.asked).toEqual(['/robots.txt', '/a', '/its-own']);
});

test("a page cannot claim another site's article, and keep it from being posted", async ({
  as,
  db,
  drain,
  sites,
  clock,
}) => {
  const other = await sites.serve('other.example', { '/news': article({}) });
  const site = await sites.serve('news.example', {
    '/a': article({ canonical: `${other.origin}/news` }),
  });
  await post(await as.member(), `${site.origin}/a`);
  await drain();
  clock.advance({ seconds: 3 });
  await drain();
  expect([await aliasesOf(db), other.asked]).toEqual([[], []]);
});

test.for([
  ['it does not answer', '/missing', true],
  ['it is the front page', '/', false],
  ['it is the front page of a language', '/en', false],
  ['it is the same', '/a#top', false],
  ['it is no web address', 'mailto:a@news.example', false],
  ['it is broken', 'http://[', false],
  ['it is private', 'http://192.168.0.1/a', false],
  ['it leads to the front page', '/home', true],
] as const)(
  'a canonical address is not believed when %s',
  async ([, canonical, asked], { as, db, drain, sites, clock }) => {
    const site = await sites.serve('news.example', {
      '/': article({}),
      '/en': article({}),
      '/home': { status: 302, headers: { location: '/' } },
      '/a': article({ canonical }),
    });
    await post(await as.member(), `${site.origin}/a`);
    await drain();
    clock.advance({ seconds: 3 });
    await drain();
    expect(await aliasesOf(db)).toEqual([]);
    expect(site.asked.length > 2).toBe(asked);
  },
);
