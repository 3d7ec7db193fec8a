// /admin/feeds: which feeds there are, how they are, and what admins do with them.
import { eq } from 'drizzle-orm';
import { actions, newsFeeds, newsItems, newsStories } from '../../../src/db/schema/index.ts';
import { expect, test } from '../../support/forum.ts';
import { makeFeed, readOne, rss, Sites } from './sites.ts';

test('only admins come here', async ({ as }) => {
  const visitor = as.visitor();
  expect((await visitor.get('/admin/feeds')).headers.location).toBe('/sign-in?next=%2Fadmin%2Ffeeds');
  const moderator = await as.moderator();
  expect((await moderator.get('/admin/feeds')).status).toBe(403);
  const body = [['url', 'https://paper.example/feed']] as const;
  expect((await moderator.submit('/admin/feeds', body, '/')).status).toBe(403);
});

test('a feed is added, named after its host until it says its name, and read at once', async ({
  as,
  db,
  drain,
}) => {
  const admin = await as.admin();
  const page = await (await admin.visit('/admin')).follow('Feeds');
  expect(page.main).toContain('No feeds yet.');
  const added = await page.press('Add feed', { url: 'paper.example/feed?utm_source=x', title: '' });
  expect(added.main).toContain('The feed was added and will be read in a moment.');
  expect(added.main).toMatch(/paper\.example Not read yet/);
  expect(await db.select().from(newsFeeds)).toMatchObject([
    { url: 'https://paper.example/feed', title: 'paper.example', pausedAt: null },
  ]);
  await drain();
  const read = await admin.visit('/admin/feeds');
  expect(read.main).toMatch(/paper\.example Failing/);
  expect(read.main).toContain('The last reading failed. There is no website of this name.');
  const log = await as.visitor().visit('/moderation/log');
  expect(log.main).toContain('A feed was added: paper.example (https://paper.example/feed).');
});

test('what cannot be added comes back as typed with the reason beside the field', async ({
  as,
  db,
  clock,
}) => {
  await makeFeed(db, 'https://paper.example/feed', clock.now());
  const page = await (await as.admin()).visit('/admin/feeds');
  for (const [url, title, field, error] of [
    ['', 'Name', 'url', 'Give an address.'],
    [
      'javascript:alert(1)',
      'Name',
      'url',
      'Only addresses that begin with https:// or http:// can be posted.',
    ],
    ['http://localhost/feed', 'Name', 'url', 'The address must name a public website, such as example.com.'],
    ['http://www.paper.example/feed/', 'Name', 'url', 'This feed is there already.'],
    [
      'https://other.example/feed',
      'x'.repeat(81),
      'title',
      'The name is too long by 1: it may have 80 characters.',
    ],
  ] as const) {
    const refused = await page.press('Add feed', { url, title });
    expect([refused.status, refused.error(field)], url).toEqual([422, error]);
    expect([refused.field('url').value, refused.field('title').value]).toEqual([url, title]);
  }
  expect(await db.$count(newsFeeds)).toBe(1);
});

test('a feed is paused, resumed with its failures forgotten, read at once, and removed with what it brought', async ({
  as,
  db,
  clock,
}) => {
  const sites = new Sites();
  const url = 'https://paper.example/feed';
  const id = await makeFeed(db, url, clock.now(), 'The Paper');
  sites.answer(url, { body: rss({ title: 'News', link: '/a' }) });
  await readOne(db, sites, id, clock.now());
  sites.answer(url, { status: 500 });
  clock.advance({ hours: 1 });
  await readOne(db, sites, id, clock.now());
  const feed = async () => (await db.select().from(newsFeeds).where(eq(newsFeeds.id, id)))[0];

  const admin = await as.admin();
  const paused = await (await admin.visit('/admin/feeds')).press('Pause The Paper');
  expect(paused.main).toMatch(/The Paper Paused/);
  clock.advance({ days: 1 });
  await readOne(db, sites, id, clock.now());
  expect(sites.asked).toHaveLength(2);

  const resumed = await paused.press('Resume The Paper');
  expect(await feed()).toMatchObject({ pausedAt: null, failures: 0, fault: null, nextReadAt: clock.now() });
  await db.update(newsFeeds).set({ nextReadAt: clock.ago({ hours: -9 }) });
  const asked = await resumed.press('Read now: The Paper');
  expect(asked.main).toContain('The feed will be read in a moment.');
  expect((await feed())?.nextReadAt).toEqual(clock.now());

  const removed = await asked.press('Remove The Paper');
  expect(removed.main).toContain('The feed was removed with all it had brought.');
  expect([await feed(), await db.$count(newsItems), await db.$count(newsStories)]).toEqual([undefined, 0, 0]);
  const said = (await db.select().from(actions).orderBy(actions.id)).map(({ kind, reason }) => [
    kind,
    reason,
  ]);
  expect(said).toEqual(
    ['paused', 'resumed', 'removed'].map((what) => [
      'change-settings',
      `A feed was ${what}: The Paper (${url}).`,
    ]),
  );
});

test('a paused feed is not read at once, and one that is gone is not found', async ({ as, db, clock }) => {
  const id = await makeFeed(db, 'https://paper.example/feed', clock.now());
  await db.update(newsFeeds).set({ pausedAt: clock.now() });
  const admin = await as.admin();
  const send = async (path: string, what: string) =>
    (await admin.submit(path, [['do', what]], '/admin/feeds')).status;
  expect(await send(`/admin/feeds/${id}`, 'read')).toBe(409);
  expect(await send(`/admin/feeds/${id}`, 'explode')).toBe(400);
  expect(await send('/admin/feeds/999', 'remove')).toBe(404);
  expect(await send('/admin/feeds/x', 'remove')).toBe(404);
});

test('each feed says how it is', async ({ as, db, clock }) => {
  const sites = new Sites();
  const [good, bad, gone] = [
    await makeFeed(db, 'https://good.example/feed', clock.now(), 'Good'),
    await makeFeed(db, 'https://bad.example/feed', clock.now(), 'Bad'),
    await makeFeed(db, 'https://gone.example/feed', clock.now(), 'Gone'),
  ];
  sites.answer('https://good.example/feed', {
    body: rss({ title: 'One', link: '/1' }, { title: 'Two', link: '/2' }),
  });
  sites.answer('https://bad.example/feed', { status: 503 });
  sites.answer('https://gone.example/feed', { status: 410 });
  for (const id of [good, bad, gone]) await readOne(db, sites, id, clock.now());
  // Nobody asks a host twice in a moment.
  clock.advance({ seconds: 3 });
  await db.update(newsFeeds).set({ nextReadAt: clock.now() }).where(eq(newsFeeds.id, bad));
  await readOne(db, sites, bad, clock.now());
  const page = await (await as.admin()).visit('/admin/feeds');
  const said = [...page.document.querySelectorAll('.items > li')].map((feed) =>
    feed.textContent.replace(/\s+/g, ' '),
  );
  expect(said[0]).toMatch(
    /Bad Failing.*2 readings in a row failed\. The server answers 503 \(Service Unavailable\)\..*0 items in the last 7 days.*next 3 April 2026, 16:30 UTC/,
  );
  expect(said[1]).toMatch(/Gone Paused.*The feed was taken down for good \(410 Gone\)\..*Resume/);
  expect(said[1]).not.toMatch(/next 3 April/);
  expect(said[2]).toMatch(
    /Good Working.*2 items in the last 7 days.*last read 3 April 2026, 14:30 UTC.*next 3 April 2026, 15:00 UTC/,
  );
});
