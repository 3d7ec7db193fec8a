// One reading after the other: what is asked, what the answers mean, and when the next one is due.
import { readdirSync, readFileSync } from 'node:fs';
import { eq, sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { newsFeeds, newsItems, newsStories } from '../../../src/db/schema/index.ts';
import type { NewsFeedId } from '../../../src/domain/ids.ts';
import { readFeeds } from '../../../src/features/incoming/jobs.ts';
import { corpusPath, describeWithCorpora } from '../../support/corpora.ts';
import { expect, test } from '../../support/forum.ts';
import { makeFeed, readOne, rss, type SiteAnswer, Sites } from './sites.ts';

const URL = 'https://news.example.com/feed';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

async function feedOf(db: Database, id: NewsFeedId): Promise<typeof newsFeeds.$inferSelect> {
  const [feed] = await db.select().from(newsFeeds).where(eq(newsFeeds.id, id));
  if (!feed) throw new Error('There is no such feed.');
  return feed;
}

/** Reads a feed that gives this answer; the minutes until the next reading. */
async function waitAfter(db: Database, now: Date, answer: SiteAnswer, url = URL): Promise<number> {
  const sites = new Sites();
  sites.answer(url, answer);
  const id = await makeFeed(db, url, now);
  await readOne(db, sites, id, now);
  const { nextReadAt } = await feedOf(db, id);
  await db.delete(newsFeeds);
  return (nextReadAt.getTime() - now.getTime()) / MINUTE;
}

const NEWS = { title: 'A model reads the news', link: 'https://paper.example/a', guid: '1' };

test('a second reading adds nothing, and a headline that changed is corrected', async ({ db, clock }) => {
  const sites = new Sites();
  const id = await makeFeed(db, URL, clock.now());
  const readings = [NEWS, NEWS, { ...NEWS, title: 'A model reads all the news', text: 'More of it.' }];
  const titles: (readonly string[])[] = [];
  for (const item of readings) {
    sites.answer(URL, { body: rss(item, { title: 'Another matter', link: '/other' }) });
    await readOne(db, sites, id, clock.now());
    titles.push((await db.select().from(newsItems).orderBy(newsItems.id)).map(({ title }) => title));
    clock.advance({ hours: 1 });
  }
  const before = ['A model reads the news', 'Another matter'];
  expect(titles).toEqual([before, before, ['A model reads all the news', 'Another matter']]);
  expect(await db.$count(newsStories)).toBe(2);
});

test('what has not changed is not sent again: the validators go back as they came', async ({ db, clock }) => {
  const sites = new Sites();
  const id = await makeFeed(db, URL, clock.now());
  const lastModified = 'Fri, 03 Apr 2026 12:00:00 GMT';
  sites.answer(URL, { body: rss(NEWS), headers: { etag: 'W/"a,b"', 'last-modified': lastModified } });
  await readOne(db, sites, id, clock.now());
  clock.advance({ hours: 1 });
  sites.answer(URL, { status: 304 });
  await readOne(db, sites, id, clock.now());
  expect(sites.asked.map(({ headers }) => headers)).toEqual([
    {},
    { 'if-none-match': 'W/"a,b"', 'if-modified-since': lastModified },
  ]);
  expect(await feedOf(db, id)).toMatchObject({ lastOkAt: clock.now(), failures: 0, fault: null });
  expect(await db.$count(newsItems)).toBe(1);
});

test('failures double the wait up to a day, say why, and are forgotten with the first success', async ({
  db,
  clock,
}) => {
  const sites = new Sites();
  const id = await makeFeed(db, URL, clock.now());
  sites.answer(URL, { status: 503 });
  const waits: number[] = [];
  for (let reading = 0; reading < 7; reading++) {
    await readOne(db, sites, id, clock.now());
    const { nextReadAt } = await feedOf(db, id);
    waits.push((nextReadAt.getTime() - clock.now().getTime()) / HOUR);
    clock.set(nextReadAt.toISOString());
  }
  expect(waits).toEqual([1, 2, 4, 8, 16, 24, 24]);
  expect(await feedOf(db, id)).toMatchObject({
    failures: 7,
    fault: 'The server answers 503 (Service Unavailable).',
    lastOkAt: null,
  });
  sites.answer(URL, { body: rss(NEWS) });
  await readOne(db, sites, id, clock.now());
  expect(await feedOf(db, id)).toMatchObject({
    failures: 0,
    fault: null,
    lastOkAt: clock.now(),
    title: 'The Wire',
  });
});

test.for<[string, SiteAnswer, string]>([
  ['a connection', { failed: 'The site did not answer.' }, 'The site did not answer.'],
  ['a page', { body: '<!doctype html><p>x' }, 'This is a web page, not a feed.'],
  ['a missing one', { status: 404 }, 'The server answers 404 (Not Found).'],
])('%s that is no feed is a failure in words', async ([, answer, fault], { db, clock }) => {
  const sites = new Sites();
  sites.answer(URL, answer);
  const id = await makeFeed(db, URL, clock.now());
  await readOne(db, sites, id, clock.now());
  expect(await feedOf(db, id)).toMatchObject({ failures: 1, fault, lastReadAt: clock.now(), lastOkAt: null });
});

test.for<[string, SiteAnswer, number]>([
  ['nothing', { body: rss(NEWS) }, 30],
  ['a minute', { body: rss(NEWS), headers: { 'cache-control': 'public, max-age=60' } }, 15],
  ['two hours', { body: rss(NEWS), headers: { 'cache-control': 'max-age=7200' } }, 120],
  ['a month', { body: rss(NEWS), headers: { 'cache-control': 's-maxage=1, max-age=2592000' } }, 24 * 60],
  ['45 minutes of its own', { body: rss(NEWS).replace('<item>', '<ttl>45</ttl><item>') }, 45],
  ['an hour without anything new', { status: 304, headers: { 'cache-control': 'max-age=3600' } }, 60],
  ['to wait three hours', { status: 429, headers: { 'retry-after': '10800' } }, 180],
  [
    'to wait until half past six',
    { status: 503, headers: { 'retry-after': 'Fri, 03 Apr 2026 18:30:00 GMT' } },
    240,
  ],
  ['to wait a year', { status: 503, headers: { 'retry-after': '31536000' } }, 24 * 60],
  ['to wait a second', { status: 503, headers: { 'retry-after': '1' } }, 60],
])(
  'who asks for %s is asked again when that is over, within bounds',
  async ([, answer, minutes], { db, clock }) => {
    expect(await waitAfter(db, clock.now(), answer)).toBe(minutes);
  },
);

test('a feed that is gone for good is paused, and not asked again', async ({ db, clock, drain }) => {
  const sites = new Sites();
  sites.answer(URL, { status: 410 });
  const id = await makeFeed(db, URL, clock.now());
  await readOne(db, sites, id, clock.now());
  expect(await feedOf(db, id)).toMatchObject({
    pausedAt: clock.now(),
    fault: 'The feed was taken down for good (410 Gone).',
  });
  clock.advance({ days: 30 });
  await readFeeds(db, {}, clock.now());
  await readOne(db, sites, id, clock.now());
  await drain();
  expect(sites.asked).toHaveLength(1);
});

test('a redirect is followed and told of; relative links belong to where it led', async ({ db, clock }) => {
  const sites = new Sites();
  sites.answer(URL, { body: rss({ title: 'Moved news', link: '/a' }), url: 'https://moved.example/feed' });
  const id = await makeFeed(db, URL, clock.now());
  await readOne(db, sites, id, clock.now());
  expect(await feedOf(db, id)).toMatchObject({
    failures: 0,
    fault: 'The feed answers from another address: https://moved.example/feed',
  });
  expect(await db.select({ url: newsItems.url }).from(newsItems)).toEqual([
    { url: 'https://moved.example/a' },
  ]);
});

test('items that nobody could post are left out and counted', async ({ db, clock }) => {
  const sites = new Sites();
  const id = await makeFeed(db, URL, clock.now());
  const bad = [
    'http://localhost/x',
    'https://192.168.0.1/x',
    'javascript:alert(1)',
    'https://a:b@example.com/',
  ];
  sites.answer(URL, { body: rss(NEWS, ...bad.map((link) => ({ title: `Not ${link}`, link }))) });
  await readOne(db, sites, id, clock.now());
  expect(await db.$count(newsItems)).toBe(1);
  expect((await feedOf(db, id)).fault).toBe(
    '4 of its 5 items have no headline or no address on the web, and were left out.',
  );
});

test('what is older than two weeks is not taken in, and what is dated far ahead is of now', async ({
  db,
  clock,
}) => {
  const sites = new Sites();
  const id = await makeFeed(db, URL, clock.now());
  const dated = (title: string, date: Date) => ({ title, link: `/${title}`, guid: title, date });
  sites.answer(URL, {
    body: rss(
      dated('old', clock.ago({ days: 14 })),
      dated('young', clock.ago({ days: 13, hours: 23 })),
      dated('soon', clock.ago({ hours: -5 })),
      dated('never', clock.ago({ days: -400 })),
    ),
  });
  await readOne(db, sites, id, clock.now());
  const items = await db.select().from(newsItems).orderBy(newsItems.title);
  expect(items.map(({ title, publishedAt }) => [title, publishedAt])).toEqual([
    ['never', null],
    ['soon', clock.now()],
    ['young', clock.ago({ days: 13, hours: 23 })],
  ]);
});

test('only feeds that are due are read, and each by one worker', async ({ db, clock, drain }) => {
  const sites = new Sites();
  sites.answer(URL, { body: rss(NEWS) });
  const id = await makeFeed(db, URL, clock.now());
  const reading = () => readOne(db, sites, id, clock.now());
  await Promise.all([reading(), reading(), reading(), reading()]);
  expect(sites.asked).toHaveLength(1);
  expect(await db.$count(newsItems)).toBe(1);
  clock.advance({ minutes: 29 });
  await readFeeds(db, {}, clock.now());
  await drain();
  expect(await feedOf(db, id)).toMatchObject({ failures: 0 });
  clock.advance({ minutes: 1 });
  await readFeeds(db, {}, clock.now());
  await drain();
  expect(await feedOf(db, id), 'the workers of tests find no such host').toMatchObject({ failures: 1 });
});

test('feeds with the same story that are read at once make one story of it, with nothing twice', async ({
  db,
  clock,
}) => {
  const sites = new Sites();
  const now = clock.now();
  const urls = Array.from({ length: 8 }, (_, n) => `https://site${n}.example/feed`);
  const ids = await Promise.all(urls.map((url) => makeFeed(db, url, now)));
  for (const url of urls)
    sites.answer(url, { body: rss(NEWS, { ...NEWS, title: 'Its other headline', guid: '2' }) });
  // As after a crash in mid-reading: each is due twice over.
  const twice = [...ids, ...ids];
  await Promise.all(
    twice.map(async (id) => {
      await db.update(newsFeeds).set({ nextReadAt: now }).where(eq(newsFeeds.id, id));
      await readOne(db, sites, id, now);
    }),
  );
  expect(await db.$count(newsItems)).toBe(16);
  expect(await db.$count(newsStories)).toBe(2);
  const [doubled] = await db
    .select({ n: sql<number>`count(*)::int` })
    .from(newsItems)
    .groupBy(newsItems.feedId, newsItems.guidHash)
    .having(sql`count(*) > 1`);
  expect(doubled).toBeUndefined();
});

test('a feed that was removed while it was read brings nothing', async ({ db, clock }) => {
  const sites = new Sites();
  const id = await makeFeed(db, URL, clock.now());
  const removing = Object.assign(
    async () => {
      await db.delete(newsFeeds);
      return { ok: true as const, status: 200, url: URL, headers: {}, body: Buffer.from(rss(NEWS)) };
    },
    { close: async () => undefined },
  );
  await readOne(db, Object.assign(sites, { safeFetch: removing }), id, clock.now());
  expect(await db.$count(newsItems)).toBe(0);
});

describeWithCorpora('real feeds and one of every version', () => {
  const files = readdirSync(corpusPath('feeds'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.xml'))
    .toSorted();

  test('are all read; a second reading adds nothing', async ({ db, clock }) => {
    const sites = new Sites();
    const urlOf = (file: string) => `https://site-${files.indexOf(file)}.example/${encodeURIComponent(file)}`;
    // When the newest of the real ones were new: old news is not taken in.
    clock.set('2026-08-20T00:00:00Z');
    const ids: NewsFeedId[] = [];
    for (const file of files) {
      const body = readFileSync(corpusPath(`feeds/${file}`));
      sites.answer(urlOf(file), { body, url: `https://feeds.example/${file}` });
      ids.push(await makeFeed(db, urlOf(file), clock.now()));
    }
    for (const id of ids) await readOne(db, sites, id, clock.now());
    const first = await db.$count(newsItems);
    expect(first).toBeGreaterThan(20);
    const failed = await db
      .select({ url: newsFeeds.url, fault: newsFeeds.fault })
      .from(newsFeeds)
      .where(sql`${newsFeeds.failures} > 0`);
    expect(failed).toEqual([]);
    clock.advance({ hours: 1 });
    for (const id of ids) await readOne(db, sites, id, clock.now());
    expect(sites.asked).toHaveLength(2 * files.length);
    expect(await db.$count(newsItems)).toBe(first);
  });
});
