// /incoming: stories of several outlets, what is discussed already, and the way to discuss the rest.
import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/db/connection.ts';
import { newsItems, newsStories, sourceAliases, sources, topics } from '../../../src/db/schema/index.ts';
import { URL_KEY_VERSION } from '../../../src/domain/url-key.ts';
import type { Page } from '../../support/browser.ts';
import { xssLists } from '../../support/corpora.ts';
import { describeWithCorpora } from '../../support/corpora.ts';
import { expect, test } from '../../support/forum.ts';
import { makeFeed, readOne, rss, type SaidItem, Sites } from './sites.ts';

/** Feeds by host, each read once. */
async function bring(
  db: Database,
  now: Date,
  feeds: Readonly<Record<string, readonly SaidItem[]>>,
): Promise<void> {
  const sites = new Sites();
  for (const [host, items] of Object.entries(feeds)) {
    const url = `https://${host}/feed`;
    sites.answer(url, { body: rss(...items) });
    await readOne(db, sites, await makeFeed(db, url, now, `Feed of ${host}`), now);
  }
}

/** The stories of a page: headline and outlets. */
function storiesOf(page: Page): string[] {
  return [...page.document.querySelectorAll('.items > li')].map((story) => {
    const outlets = [...(story.querySelector('.meta')?.querySelectorAll('a') ?? [])].map(
      (outlet) => outlet.textContent,
    );
    return `${story.querySelector('h2 a')?.textContent ?? ''} (${outlets.join(', ')})`;
  });
}

const MODEL = 'Lighthouse Labs releases an open model that reads the news';

test('a visitor is sent to log in and comes back; members find the way in the footer and beside lists', async ({
  as,
}) => {
  expect((await as.visitor().get('/incoming')).headers.location).toBe('/sign-in?next=%2Fincoming');
  const member = await as.member();
  const front = await member.visit('/');
  expect([...front.document.querySelectorAll(':is(footer, aside) a[href="/incoming"]')]).toHaveLength(2);
  const empty = await front.follow('Incoming news');
  expect(empty.main).toContain('No feeds are read yet.');
  expect(empty.main).not.toMatch(/All feeds|Newest first|Not yet discussed/);
  expect((await as.visitor().visit('/')).document.querySelector('a[href="/incoming"]')).toBeNull();
});

test('one address, however it is written, and like headlines of a week are one story', async ({
  as,
  db,
  clock,
}) => {
  await bring(db, clock.now(), {
    'first.example': [
      { title: MODEL, link: 'https://first.example/model?utm_source=rss', date: clock.ago({ hours: 5 }) },
      { title: 'Lighthouse Labs sues its landlord', link: '/landlord', date: clock.ago({ hours: 9 }) },
    ],
    'second.example': [
      { title: 'Read elsewhere', link: 'http://www.first.example/model/', date: clock.ago({ hours: 4 }) },
      {
        title: 'Lighthouse Labs releases open model that reads news',
        link: '/labs',
        date: clock.ago({ hours: 3 }),
      },
      { title: MODEL, link: '/again', date: clock.ago({ days: 13 }) },
    ],
  });
  expect(storiesOf(await (await as.member()).visit('/incoming'))).toEqual([
    `${MODEL} (first.example, second.example)`,
    'Lighthouse Labs sues its landlord (first.example)',
    `${MODEL} (second.example)`,
  ]);
});

test('like headlines of one publisher are its next pieces, and so are several items at one address', async ({
  db,
  clock,
}) => {
  await bring(db, clock.now(), {
    'tool.example': ['2.1', '2.2', '2.3'].map((version) => ({
      title: `Version ${version} of the tool`,
      link: `https://tool.example/changes#${version}`,
      guid: version,
    })),
  });
  expect(await db.$count(newsStories)).toBe(3);
});

test('of an aggregator the publisher is not known: another outlet stands first, and the mark where there is none', async ({
  as,
  db,
  clock,
}) => {
  const google = 'https://news.google.com/rss/articles/';
  await bring(db, clock.now(), {
    'gather.example': [
      { title: `${MODEL} - The Paper`, link: `${google}CBMiAAA`, date: clock.ago({ hours: 6 }) },
      { title: `${MODEL} - The Other Paper`, link: `${google}CBMiBBB`, date: clock.ago({ hours: 5 }) },
      { title: 'Nobody else says this', link: `${google}CBMiCCC`, date: clock.ago({ hours: 7 }) },
    ],
    'paper.example': [{ title: MODEL, link: '/model', date: clock.ago({ hours: 4 }) }],
  });
  const page = await (await as.member()).visit('/incoming');
  expect(storiesOf(page)).toEqual([
    `${MODEL} (news.google.com, paper.example)`,
    'Nobody else says this (news.google.com)',
  ]);
  expect(
    [...page.document.querySelectorAll('.items h2')].map((h2) =>
      h2.textContent.includes('publisher unknown'),
    ),
  ).toEqual([false, true]);
});

test('"Discuss this" opens the form with address and title; the links out lend no weight', async ({
  as,
  db,
  clock,
}) => {
  await bring(db, clock.now(), { 'paper.example': [{ title: 'Q&A: 5 < 6?', link: '/a?b=c&d=e' }] });
  const page = await (await as.member()).visit('/incoming');
  const button = [...page.document.querySelectorAll('.items .acts a')].map((link) =>
    link.getAttribute('href'),
  );
  expect(button).toEqual([
    '/submit?url=https%3A%2F%2Fpaper.example%2Fa%3Fb%3Dc%26d%3De&title=Q%26A%3A+5+%3C+6%3F',
  ]);
  const out = [...page.document.querySelectorAll('.items a[href^="https:"]')];
  expect(out.map((link) => link.getAttribute('rel'))).toEqual(Array(2).fill('ugc nofollow noopener'));
  expect(await db.$count(topics), 'nothing posts itself').toBe(0);
});

test('a story is discussed by its address, by another address of the article, or by its headline', async ({
  as,
  db,
  make,
  clock,
}) => {
  const [byKey, byAlias, byTitle, late, old, hidden] = await Promise.all([
    make.topic({ source: 'https://paper.example/key', title: 'Of the address', replyCount: 3 }),
    make.topic({ source: 'https://elsewhere.example/x', title: 'Of the alias' }),
    make.topic({ title: 'Regulators in Brussels open an inquiry into chat assistants' }),
    make.topic({ title: 'Chip maker doubles the output of its plant', postedAt: clock.ago({ days: 12 }) }),
    make.topic({
      source: 'https://paper.example/old',
      title: 'Half a year ago',
      postedAt: clock.ago({ days: 181 }),
    }),
    make.topic({
      source: 'https://paper.example/hidden',
      title: 'Hidden',
      hiddenAt: clock.ago({ hours: 1 }),
    }),
  ]);
  expect([late, old, hidden]).toHaveLength(3);
  const [source] = await db
    .select()
    .from(sources)
    .where(sql`${sources.topicId} = ${byAlias.id}`);
  const alias = {
    url: 'https://paper.example/alias',
    urlKey: 'paper.example/alias',
    keyVersion: URL_KEY_VERSION,
  };
  await db.insert(sourceAliases).values({ sourceId: source?.id as never, kind: 'redirect', ...alias });
  const items = [
    ['Something else entirely', '/key'],
    ['Named differently over there', '/alias'],
    ['Regulators in Brussels open inquiry into chat assistants', '/title'],
    ['Chip maker doubles the output of its plant', '/late'],
    ['From long ago', '/old'],
    ['Taken away', '/hidden'],
  ] as const;
  await bring(db, clock.now(), {
    'paper.example': items.map(([title, link], n) => ({ title, link, date: clock.ago({ minutes: n }) })),
  });
  const page = await (await as.member()).visit('/incoming');
  const marks = [...page.document.querySelectorAll('.items > li')].map(
    (story) => story.querySelector('.badge + a')?.getAttribute('href') ?? '',
  );
  expect(marks).toEqual([
    ...[byKey, byAlias, byTitle].map(({ id, slug }) => `/t/${id}/${slug}`),
    ...['', '', ''],
  ]);
  expect(page.main).toContain('3 replies');
  const rest = await page.follow('Not yet discussed');
  expect(storiesOf(rest)).toEqual([
    'Chip maker doubles the output of its plant (paper.example)',
    'From long ago (paper.example)',
    'Taken away (paper.example)',
  ]);
});

test('pages neither skip nor repeat stories, and a feed can be chosen', async ({ as, db, clock }) => {
  const words = ['amber', 'birch', 'cobalt', 'dune', 'ember', 'fjord', 'garnet', 'heath'];
  const item = (n: number): SaidItem => ({
    title: `${words[n % 8] ?? ''} ${words[(n * 3 + 1) % 8] ?? ''} ${n * 7919} ${words[Math.floor(n / 8) % 8] ?? ''}`,
    link: `/${n}`,
    // Several of the same minute.
    date: clock.ago({ minutes: Math.floor(n / 3) }),
  });
  await bring(db, clock.now(), {
    'one.example': Array.from({ length: 70 }, (_, n) => item(n)),
    'two.example': [{ title: 'The only one of its kind', link: '/x', date: clock.ago({ days: 2 }) }],
  });
  const member = await as.member();
  const seen: string[] = [];
  for (let path = '/incoming'; path !== '';) {
    const page = await member.visit(path);
    seen.push(...storiesOf(page));
    path = page.document.querySelector('a[rel="next"]')?.getAttribute('href') ?? '';
  }
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toHaveLength(await db.$count(newsStories));
  expect(seen.length).toBeGreaterThan(60);
  const two = await (await member.visit('/incoming?show=new')).follow('Feed of two.example');
  expect(storiesOf(two)).toEqual(['The only one of its kind (two.example)']);
  expect(two.url).toMatch(/show=new/);
  expect((await member.visit('/incoming?feed=999')).status).toBe(404);
  expect((await member.visit('/incoming?after=x')).status).toBe(400);
});

test('after two weeks news is gone, with its stories; what its feed still lists does not come back', async ({
  as,
  db,
  clock,
  drain,
}) => {
  const sites = new Sites();
  const url = 'https://paper.example/feed';
  const feed = await makeFeed(db, url, clock.now());
  const items = [
    { title: 'It has a date', link: '/dated', date: clock.now() },
    { title: 'Somebody forgot when', link: '/undated' },
  ];
  sites.answer(url, { body: rss(...items) });
  await readOne(db, sites, feed, clock.now());
  clock.advance({ days: 14, minutes: 1 });
  const sweep = sql`select graphile_worker.add_job('sweep-news', '{}'::json)`;
  await db.execute(sweep);
  await drain();
  await readOne(db, sites, feed, clock.now());
  expect(storiesOf(await (await as.member()).visit('/incoming'))).toEqual([]);
  expect(await db.select({ title: newsItems.title }).from(newsItems), 'remembered, not shown').toEqual([
    { title: 'Somebody forgot when' },
  ]);

  sites.answer(url, { body: rss() });
  clock.advance({ days: 1 });
  await readOne(db, sites, feed, clock.now());
  await db.execute(sweep);
  await drain();
  expect([await db.$count(newsItems), await db.$count(newsStories)]).toEqual([0, 0]);
});

describeWithCorpora('hostile items', () => {
  test('run nothing and break nothing', async ({ as, db, clock }) => {
    const attacks = xssLists()
      .flatMap(({ strings }) => strings)
      .filter((attack) => attack.length < 2_000)
      .filter((_attack, n) => n % 12 === 0)
      .slice(0, 180);
    expect(attacks.length).toBeGreaterThan(100);
    await bring(db, clock.now(), {
      'evil.example': attacks.map((attack, n) => ({
        title: `${n} ${attack}`,
        link: n % 2 === 0 ? attack : `https://evil.example/${n}?q=${encodeURIComponent(attack)}`,
        guid: `${n}`,
        text: attack,
      })),
    });
    const member = await as.member();
    let stories = 0;
    for (let path = '/incoming'; path !== '';) {
      const page = await member.visit(path);
      const main = page.document.querySelector('main');
      stories += storiesOf(page).length;
      const names = new Set(
        [...(main?.querySelectorAll('*') ?? [])].map(({ tagName }) => tagName.toLowerCase()),
      );
      expect(
        [...names].filter((name) =>
          /^(?:script|iframe|img|style|object|embed|form|input|math|video)$/.test(name),
        ),
      ).toEqual([]);
      for (const element of main?.querySelectorAll('*') ?? []) {
        expect([...element.attributes].filter(({ name }) => name.startsWith('on'))).toEqual([]);
        expect(element.getAttribute('href') ?? '/').toMatch(/^(?:\/|#|https?:)/);
      }
      path = page.document.querySelector('a[rel="next"]')?.getAttribute('href') ?? '';
    }
    expect(stories).toBeGreaterThan(50);
  });
});
